package obnam.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.FileType;
import obnam.posix.InputFile;
import obnam.posix.PosixException;

/// Compares two directory trees: names, types, contents, modes, owners, times of change to the nanosecond, extended
/// attributes, file flags, targets of symlinks, device numbers, which names are hard links of one file, and roughly
/// the space taken. Not compared are what no program can set: inode numbers, times of status change and of birth;
/// and times of access.
///
/// Contents are read in parts of 1 MiB, holes not at all. Memory grows with the number of hard-linked files and the
/// longest directory, not with the size of files. One descriptor is open for each level of each tree. For one
/// thread.
public final class TreeComparison {

    /// As many differences are listed; a further line says how many more there are.
    public static final int LISTED = 200;

    private final byte[] original;
    private final byte[] copy;
    private final boolean owners;
    private final boolean topItself;

    private TreeComparison(byte[] original, byte[] copy, boolean owners, boolean topItself) {
        this.original = original;
        this.copy = copy;
        this.owners = owners;
        this.topItself = topItself;
    }

    /// @param original absolute path of a directory
    /// @param copy absolute path of the directory that ought to equal it
    public static TreeComparison of(byte[] original, byte[] copy) {
        return new TreeComparison(original.clone(), copy.clone(), true, true);
    }

    /// Passes over owners and groups, which only the superuser can give back.
    public TreeComparison withoutOwners() {
        return new TreeComparison(original, copy, false, topItself);
    }

    /// Passes over the metadata of the two directories themselves: only what is in them counts.
    public TreeComparison withoutTop() {
        return new TreeComparison(original, copy, owners, false);
    }

    /// Compares now.
    ///
    /// @return a printable line for each difference, in the order of the names; empty if there is none
    /// @throws PosixException if one of the two cannot be opened
    public List<String> differences() {
        FileSystem files = FileSystem.local();
        Run run = new Run(owners);
        try (Directory one = files.open(original);
                Directory other = files.open(copy)) {
            if (topItself) {
                run.metadata("", one.status(), other.status());
                run.attributes("", one.extendedAttributes(new byte[0]), other.extendedAttributes(new byte[0]));
                run.same("", "flags", one.fileFlags(new byte[0]), other.fileFlags(new byte[0]));
            }
            run.directories("", one, other);
        }
        return run.lines();
    }

    /// A file, whatever its name.
    private record Identity(long device, long inode) {
        static Identity of(FileStatus status) {
            return new Identity(status.device(), status.inode());
        }
    }

    /// One comparison and what it found.
    private static final class Run {
        private final boolean owners;
        private final List<String> lines = new ArrayList<>();
        private int count;
        // Of files with several names in one of the trees: the file of the other tree that the first name led to.
        private final Map<Identity, Identity> copies = new HashMap<>();
        private final Map<Identity, Identity> originals = new HashMap<>();

        Run(boolean owners) {
            this.owners = owners;
        }

        List<String> lines() {
            if (count > LISTED) {
                lines.add("and %d more".formatted(count - LISTED));
            }
            return List.copyOf(lines);
        }

        private void differs(String path, String what) {
            if (count++ < LISTED) {
                lines.add((path.isEmpty() ? "." : path) + ": " + what);
            }
        }

        void same(String path, String what, Object one, Object other) {
            if (!Objects.equals(one, other)) {
                differs(path, "%s is %s, not %s".formatted(what, other, one));
            }
        }

        /// A merge of two sorted listings.
        void directories(String path, Directory one, Directory other) {
            DirectoryListing ones = one.list();
            DirectoryListing others = other.list();
            int i = 0;
            int k = 0;
            while (i < ones.size() || k < others.size()) {
                int order = i == ones.size()
                        ? 1
                        : k == others.size() ? -1 : FileNames.compare(ones.name(i), others.name(k));
                if (order < 0) {
                    differs(join(path, ones.name(i++)), "is missing");
                } else if (order > 0) {
                    differs(join(path, others.name(k++)), "is new");
                } else {
                    entries(join(path, ones.name(i)), one, other, ones.name(i));
                    i++;
                    k++;
                }
            }
        }

        private static String join(String path, byte[] name) {
            // Paths of long nests stay readable; the end is what tells.
            String parent = path.length() > 2_000 ? "…" + path.substring(path.length() - 1_000) : path;
            return parent.isEmpty() ? FileNames.display(name) : parent + "/" + FileNames.display(name);
        }

        private void entries(String path, Directory one, Directory other, byte[] name) {
            try {
                FileStatus status = one.status(name);
                FileStatus copied = other.status(name);
                if (status.type() != copied.type()) {
                    differs(path, "type is %s, not %s".formatted(copied.type(), status.type()));
                    return;
                }
                metadata(path, status, copied);
                links(path, status, copied);
                switch (status.type()) {
                    case REGULAR -> files(path, one, other, name);
                    case SYMLINK -> targets(path, one.readLink(name), other.readLink(name));
                    case BLOCK_DEVICE, CHARACTER_DEVICE -> numbers(path, status, copied);
                    default -> {
                        // Has no contents, or its entries are compared below.
                    }
                }
                if (status.type() != FileType.REGULAR) {
                    attributes(path, one.extendedAttributes(name), other.extendedAttributes(name));
                }
                if (status.isDirectory()) {
                    same(path, "flags", one.fileFlags(name), other.fileFlags(name));
                    below(path, one, other, name);
                }
            } catch (PosixException e) {
                differs(path, "not compared, " + e.getMessage());
            }
        }

        private void below(String path, Directory one, Directory other, byte[] name) {
            try (Directory inner = one.openDirectory(name);
                    Directory copied = other.openDirectory(name)) {
                directories(path, inner, copied);
            }
        }

        void metadata(String path, FileStatus one, FileStatus other) {
            if (one.mode() != other.mode()) {
                differs(path, "mode is %04o, not %04o".formatted(other.mode(), one.mode()));
            }
            if (owners) {
                same(path, "owner", one.uid(), other.uid());
                same(path, "group", one.gid(), other.gid());
            }
            same(path, "time", one.modified(), other.modified());
        }

        private void links(String path, FileStatus one, FileStatus other) {
            if (one.isDirectory() || (one.linkCount() < 2 && other.linkCount() < 2)) {
                return;
            }
            Identity file = Identity.of(one);
            Identity copied = Identity.of(other);
            Identity before = copies.putIfAbsent(file, copied);
            if (before != null && !before.equals(copied)) {
                differs(path, "is no longer linked to its other names");
            }
            Identity source = originals.putIfAbsent(copied, file);
            if (source != null && !source.equals(file)) {
                differs(path, "is linked to a name it was not linked to");
            }
        }

        private void targets(String path, byte[] one, byte[] other) {
            if (!Arrays.equals(one, other)) {
                same(path, "target", FileNames.display(one), FileNames.display(other));
            }
        }

        private void numbers(String path, FileStatus one, FileStatus other) {
            same(
                    path,
                    "device",
                    one.deviceMajor() + ":" + one.deviceMinor(),
                    other.deviceMajor() + ":" + other.deviceMinor());
        }

        private void files(String path, Directory one, Directory other, byte[] name) {
            try (InputFile file = one.openFile(name);
                    InputFile copied = other.openFile(name)) {
                attributes(path, file.extendedAttributes(), copied.extendedAttributes());
                same(path, "flags", file.fileFlags(), copied.fileFlags());
                FileContents.difference(file, copied).ifPresent(what -> differs(path, what));
            }
        }

        void attributes(String path, List<ExtendedAttribute> one, List<ExtendedAttribute> other) {
            if (one.equals(other)) {
                return;
            }
            Map<String, ExtendedAttribute> missing = byName(one);
            Map<String, ExtendedAttribute> added = byName(other);
            for (String name : List.copyOf(missing.keySet())) {
                ExtendedAttribute expected = missing.remove(name);
                ExtendedAttribute found = added.remove(name);
                if (found == null) {
                    differs(path, "attribute " + name + " is missing");
                } else if (!found.equals(expected)) {
                    differs(path, "attribute " + name + " has another value");
                }
            }
            added.keySet().forEach(name -> differs(path, "attribute " + name + " is new"));
        }

        private static Map<String, ExtendedAttribute> byName(List<ExtendedAttribute> attributes) {
            Map<String, ExtendedAttribute> byName = new TreeMap<>();
            attributes.forEach(attribute -> byName.put(FileNames.display(attribute.name()), attribute));
            return byName;
        }
    }
}
