package obnam.engine.restore;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import obnam.engine.Entry;
import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileFlags;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileType;
import obnam.posix.Timestamp;

/// Gives entries their metadata. Thread-safe.
///
/// Owners are given by number: a number means the same on this machine whatever its accounts are, and for a
/// machine that is restored whole, before its accounts are there, nothing else works.
final class Metadata {

    /// Mode of a directory in which something is still to be done.
    static final int WHILE_RESTORING = 0700;

    private static final byte[] ITSELF = {};
    private static final int SET_ID_BITS = 06000;
    private static final long LARGEST_ID = 0xffff_fffeL;
    private static final Set<String> REMOVABLE = Set.of("user", "trusted");
    private static final Set<String> REMOVABLE_WHOLE =
            Set.of("system.posix_acl_access", "system.posix_acl_default", "security.capability");

    private final Reports reports;
    private final Tally tally;
    private final boolean privileged;

    Metadata(Reports reports, Tally tally, boolean privileged) {
        this.reports = reports;
        this.tally = tally;
        this.privileged = privileged;
    }

    /// Gives a new file its metadata.
    ///
    /// The order matters: a change of owner clears setuid, setgid and capabilities; the mode sets the mask of an
    /// ACL; flags may forbid everything else.
    void applyToNew(Inode target, Entry entry, byte[] path) {
        boolean owned = setOwner(target, entry, path);
        for (ExtendedAttribute attribute : entry.attributes()) {
            setAttribute(target, attribute, path);
        }
        finish(target, entry, owned, path);
    }

    /// Gives an entry that was there before, or that may have inherited something, its metadata. One that has
    /// them is not touched, so that its time of status change stays too.
    ///
    /// @param name of the entry; empty for the directory itself
    void applyToExisting(Directory directory, byte[] name, Entry entry, byte[] path) {
        boolean[] right = {false};
        reports.reasonOf(() -> right[0] = isRight(directory, name, entry));
        if (!right[0]) {
            change(directory, name, entry, path);
        }
    }

    private void change(Directory directory, byte[] name, Entry entry, byte[] path) {
        if (hasFlags(entry)) {
            reports.reasonOf(() -> unlock(directory, name));
        }
        Inode target = new Inode.Named(directory, name);
        boolean owned = setOwner(target, entry, path);
        reports.attempt(path, () -> reconcileAttributes(directory, name, entry.attributes(), path));
        finish(target, entry, owned, path);
        if (entry.fileFlags().orElse(0) == 0 && hasFlags(entry)) {
            reports.attemptQuietly(path, "flags", () -> target.setFileFlags(0));
        }
    }

    private void finish(Inode target, Entry entry, boolean owned, byte[] path) {
        if (entry.type() != FileType.SYMLINK) {
            reports.attempt(path, () -> target.setMode(mode(entry, owned)));
        }
        reports.attempt(path, () -> target.setTimes(entry.accessed().orElse(Timestamp.OMIT), entry.modified()));
        int flags = entry.fileFlags().orElse(0);
        if (flags != 0 && hasFlags(entry)) {
            // A further name cannot be given to an immutable file, so those flags come when all links are made.
            int now = locksLater(entry) ? flags & ~locking() : flags;
            reports.attemptQuietly(path, "flags", () -> target.setFileFlags(now));
        }
    }

    /// A program that belongs to someone else than it should must not run with its owner's rights.
    private static int mode(Entry entry, boolean owned) {
        return owned || entry.type() == FileType.DIRECTORY ? entry.mode() : entry.mode() & ~SET_ID_BITS;
    }

    /// The flags that forbid to change or link a file.
    static int locking() {
        return FileFlags.IMMUTABLE | FileFlags.APPEND_ONLY;
    }

    /// Takes off the flags that forbid to change something; it gets those of its entry in the end.
    ///
    /// @param name of an entry; empty for the directory itself
    static void unlock(Directory directory, byte[] name) {
        int flags = directory.fileFlags(name);
        if ((flags & locking()) != 0) {
            directory.setFileFlags(name, flags & ~locking());
        }
    }

    /// Whether the flags that forbid to link an entry are set only when all links are made.
    static boolean locksLater(Entry entry) {
        return entry.multipleLinks()
                && entry.type() == FileType.REGULAR
                && (entry.fileFlags().orElse(0) & locking()) != 0;
    }

    private static boolean hasFlags(Entry entry) {
        return entry.type() == FileType.REGULAR || entry.type() == FileType.DIRECTORY;
    }

    private boolean setOwner(Inode target, Entry entry, byte[] path) {
        if (entry.uid() < 0 || entry.uid() > LARGEST_ID || entry.gid() < 0 || entry.gid() > LARGEST_ID) {
            reports.problem(path, "the owner has a number that no system has");
            return false;
        }
        Runnable set = () -> target.setOwner(entry.uid(), entry.gid());
        // Only the superuser can give files away: for others that is to be expected and told once, in the result.
        boolean done =
                privileged ? reports.attempt(path, set) : reports.reasonOf(set).isEmpty();
        if (!done) {
            tally.ownersKept.increment();
        }
        return done;
    }

    private void setAttribute(Inode target, ExtendedAttribute attribute, byte[] path) {
        String name = FileNames.display(attribute.name());
        reports.attemptQuietly(path, "attribute " + name, () -> target.setExtendedAttribute(attribute));
    }

    private void reconcileAttributes(Directory directory, byte[] name, List<ExtendedAttribute> wanted, byte[] path) {
        List<ExtendedAttribute> present = directory.extendedAttributes(name);
        for (ExtendedAttribute attribute : present) {
            if (isRemovable(attribute) && wanted.stream().noneMatch(other -> sameName(other, attribute))) {
                directory.removeExtendedAttribute(name, attribute.name());
            }
        }
        Inode target = new Inode.Named(directory, name);
        for (ExtendedAttribute attribute : wanted) {
            if (!present.contains(attribute)) {
                setAttribute(target, attribute, path);
            }
        }
    }

    private static boolean sameName(ExtendedAttribute one, ExtendedAttribute other) {
        return Arrays.equals(one.name(), other.name());
    }

    /// Security labels are the system's own business: a file without one in the snapshot keeps what the policy
    /// gave it.
    private static boolean isRemovable(ExtendedAttribute attribute) {
        String name = FileNames.display(attribute.name());
        int dot = name.indexOf('.');
        return REMOVABLE_WHOLE.contains(name) || dot > 0 && REMOVABLE.contains(name.substring(0, dot));
    }

    /// Takes away what a new directory inherited from the one it is in.
    void clearInherited(Directory directory, byte[] path) {
        reports.attempt(path, () -> reconcileAttributes(directory, ITSELF, List.of(), path));
    }

    /// Opens a directory that was there. It must let its owner in and let itself be changed until it gets its own
    /// mode.
    Directory openDirectory(Directory parent, Entry entry, FileStatus present) {
        if (!privileged && (present.mode() & WHILE_RESTORING) != WHILE_RESTORING) {
            parent.setMode(entry.name(), present.mode() | WHILE_RESTORING);
        }
        Directory opened = parent.openDirectory(entry.name());
        reports.reasonOf(() -> unlock(opened, ITSELF));
        return opened;
    }

    /// Whether something that is there has all the metadata it should.
    ///
    /// @param name of the entry; empty for the directory itself
    boolean isRight(Directory directory, byte[] name, Entry entry) {
        FileStatus status = name.length == 0 ? directory.status() : directory.status(name);
        return (entry.type() == FileType.SYMLINK || status.mode() == entry.mode())
                && status.uid() == entry.uid()
                && status.gid() == entry.gid()
                && status.modified().equals(entry.modified())
                && entry.accessed().map(status.accessed()::equals).orElse(true)
                && (!hasFlags(entry)
                        || directory.fileFlags(name) == entry.fileFlags().orElse(0))
                && isRight(directory.extendedAttributes(name), entry.attributes());
    }

    private static boolean isRight(List<ExtendedAttribute> present, List<ExtendedAttribute> wanted) {
        return present.containsAll(wanted)
                && present.stream().noneMatch(attribute -> isRemovable(attribute) && !wanted.contains(attribute));
    }
}
