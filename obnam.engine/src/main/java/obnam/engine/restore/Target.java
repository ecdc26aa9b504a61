package obnam.engine.restore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import obnam.api.LocalException;
import obnam.engine.Entry;
import obnam.engine.browse.SnapshotPath;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.PosixException;

/// The directory a restore goes into.
final class Target {

    private static final byte[] ITSELF = {};
    private static final byte[] ROOT = {'/'};
    private static final int PRIVATE = 0700;
    private static final String DEFAULT_ACL = "system.posix_acl_default";

    private final FileSystem fileSystem;
    private final byte[] path;
    private final TargetDirectory top;

    private Target(FileSystem fileSystem, byte[] path, TargetDirectory top) {
        this.fileSystem = fileSystem;
        this.path = path;
        this.top = top;
    }

    /// Opens a target, and makes it if it is not there.
    ///
    /// @param path absolute; symlinks in it are followed, as the user named it
    /// @param source what it is in the snapshot
    /// @param entry the metadata it gets; empty to leave them
    static Target open(FileSystem fileSystem, byte[] path, byte[] source, Optional<Entry> entry) {
        try (Directory directory = openOrMake(fileSystem, path)) {
            boolean fresh = directory.list().size() == 0 && !bequeaths(directory);
            FileStatus status = directory.status();
            return new Target(fileSystem, path, TargetDirectory.top(source, entry, fresh, status));
        } catch (PosixException e) {
            throw failed(path, e);
        }
    }

    /// Whether files made in a directory inherit something from it.
    private static boolean bequeaths(Directory directory) {
        return directory.extendedAttributes(ITSELF).stream()
                .anyMatch(attribute -> FileNames.display(attribute.name()).equals(DEFAULT_ACL));
    }

    private static Directory openOrMake(FileSystem fileSystem, byte[] path) {
        List<byte[]> missing = new ArrayList<>();
        byte[] existing = path;
        while (true) {
            try {
                return makeBelow(fileSystem.open(existing), missing);
            } catch (PosixException e) {
                List<byte[]> names = SnapshotPath.names(existing);
                boolean absent = e.isNotFound() && !names.isEmpty();
                if (!absent || missing.size() > SnapshotPath.names(path).size()) {
                    throw e;
                }
                missing.addFirst(names.getLast());
                byte[] above = SnapshotPath.of(names.subList(0, names.size() - 1));
                existing = above.length == 0 ? ROOT : above;
            }
        }
    }

    private static Directory makeBelow(Directory start, List<byte[]> names) {
        Directory at = start;
        for (byte[] name : names) {
            try (Directory above = at) {
                at = above.makeDirectory(name, PRIVATE);
            }
        }
        return at;
    }

    TargetDirectory top() {
        return top;
    }

    /// A cursor that stands at the top.
    TargetCursor cursor() {
        try {
            return new TargetCursor(top, fileSystem.open(path));
        } catch (PosixException e) {
            throw failed(path, e);
        }
    }

    private static LocalException failed(byte[] path, PosixException cause) {
        return new LocalException(
                "the target cannot be used: " + cause.reason(),
                FileNames.display(path),
                "Name a directory that can be written to, or one that can be made",
                cause);
    }

    @Override
    public String toString() {
        return FileNames.display(Arrays.copyOf(path, path.length));
    }
}
