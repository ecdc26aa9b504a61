package obnam.testkit;

import java.util.ArrayList;
import java.util.List;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;

/// Makes a directory tree of all that hurts backup programs: names of every byte, times before 1970 and after 2262,
/// special modes, owners, extended attributes, access lists, file flags, hard links of all kinds, device nodes,
/// holes, many entries, great depth, sizes around every edge. The same tree at each call, but for what a machine
/// refuses.
///
/// As the superuser it holds more than otherwise. To be removed with [#delete]: ordinary tools stumble over parts.
public final class HostileTree {

    /// How much of what grows.
    ///
    /// @param files number of entries of one directory
    /// @param depth number of directories nested in each other
    /// @param sparseFile length in bytes of the largest sparse file, at least 16 MiB; its data is 1 MiB
    /// @param largestFile length in bytes of the largest file that is not sparse, at least 1
    public record Size(int files, int depth, long sparseFile, int largestFile) {
        /// For unit tests: some 2 MiB.
        public static final Size SMALL = new Size(50, 20, 16L << 20, 256 << 10);
        /// For every build: some 150 MiB, 5,000 files in one directory.
        public static final Size MEDIUM = new Size(5_000, 300, 2L << 30, 20 << 20);
        /// For every night: 200,000 files in one directory, 1,000 levels, 100 GiB with 1 MiB of data.
        public static final Size FULL = new Size(200_000, 1_000, 100L << 30, 20 << 20);

        /// @throws IllegalArgumentException if one is too small
        public Size {
            if (files < 0 || depth < 1 || sparseFile < 16L << 20 || largestFile < 1) {
                throw new IllegalArgumentException("too small a tree");
            }
        }
    }

    private HostileTree() {}

    /// Makes the tree.
    ///
    /// @param path absolute, of an existing, empty directory
    /// @return what could not be made here, and why; for the superuser on ext4, XFS or Btrfs a few lines
    /// @throws obnam.posix.PosixException if something fails that has to work everywhere
    public static List<String> create(byte[] path, Size size) {
        List<String> leftOut = new ArrayList<>();
        FileSystem files = FileSystem.local();
        try (Directory top = files.open(path)) {
            Ground ground = new Ground(top, files.privileged(), leftOut);
            ground.within("names", names -> new HostileNames(names).make());
            ground.within("times", HostileMetadata::times);
            ground.within("modes", HostileMetadata::modes);
            ground.within("owners", HostileMetadata::owners);
            ground.within("attributes", HostileMetadata::attributes);
            ground.within("flags", HostileMetadata::flags);
            ground.within("hard links", HostileLinks::hard);
            ground.within("symbolic links", HostileLinks::symbolic);
            ground.within("nodes", HostileLinks::nodes);
            HostileContents contents = new HostileContents(size);
            ground.within("edges", contents::edges);
            ground.within("sparse", contents::sparse);
            ground.within("many", contents::many);
            ground.within("deep", contents::deep);
            ground.within("long path", contents::longPath);
        }
        return List.copyOf(leftOut);
    }

    /// Removes all that is in a directory, also where a path is too long for the system, a mode forbids it or a
    /// flag protects it. Keeps one descriptor open for each level.
    ///
    /// @param path absolute, of a directory, which stays
    public static void delete(byte[] path) {
        try (Directory directory = FileSystem.local().open(path)) {
            empty(directory);
        }
    }

    private static void empty(Directory directory) {
        unprotect(directory, new byte[0], directory.status());
        DirectoryListing entries = directory.list();
        for (int i = 0; i < entries.size(); i++) {
            byte[] name = entries.name(i);
            FileStatus status = directory.status(name);
            if (status.isDirectory()) {
                unprotect(directory, name, status);
                try (Directory inner = directory.openDirectory(name)) {
                    empty(inner);
                }
                directory.removeDirectory(name);
            } else {
                unprotect(directory, name, status);
                directory.remove(name);
            }
        }
    }

    /// A file can be removed whatever its mode, a directory has to be read and changed.
    private static void unprotect(Directory directory, byte[] name, FileStatus status) {
        if (status.isDirectory() || status.isRegular()) {
            if (FileSystem.local().privileged()) {
                directory.setFileFlags(name, 0);
            }
            if (status.isDirectory() && (status.mode() & 0700) != 0700) {
                directory.setMode(name, 0700);
            }
        }
    }
}
