package obnam.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.host.PathBytes;
import obnam.cli.host.Utf8;
import obnam.engine.filter.Exclusions;
import obnam.posix.FileNames;

/// The roots of a backup, and what of the program's own must not get into it.
///
/// @param present roots that are there; absolute, each once
/// @param missing roots that are not
record BackupRoots(List<byte[]> present, List<byte[]> missing) {

    /// Looks which roots are there.
    ///
    /// @param wanted absolute
    static BackupRoots of(List<byte[]> wanted, Session session) {
        List<byte[]> present = new ArrayList<>();
        List<byte[]> missing = new ArrayList<>();
        for (byte[] named : wanted) {
            byte[] root = withRealParent(named);
            boolean repeated = present.stream().anyMatch(other -> Arrays.equals(root, other));
            if (!repeated) {
                (session.files().status(root).isPresent() ? present : missing).add(root);
            }
        }
        return new BackupRoots(present, missing);
    }

    /// Patterns that keep a directory of the program out of its own backup, by whichever of the roots it is
    /// reached.
    ///
    /// @param directory absolute; need not exist
    List<byte[]> patternsAgainst(byte[] directory) {
        List<byte[]> patterns = new ArrayList<>();
        for (byte[] root : present) {
            pathBelow(root, directory).map(Exclusions::literally).ifPresent(patterns::add);
        }
        return patterns;
    }

    /// @throws UsageException if a root is in the repository itself
    void requireOutside(byte[] repository) {
        for (byte[] root : present) {
            if (PathBytes.isWithin(realPath(root), realPath(repository))) {
                throw new UsageException(
                        "this root is in the repository itself", FileNames.display(root), "Back up to another place");
            }
        }
    }

    /// The path under which a walk from `root` would meet `directory`.
    private static Optional<byte[]> pathBelow(byte[] root, byte[] directory) {
        byte[] realRoot = realPath(root);
        byte[] real = realPath(directory);
        if (!PathBytes.isWithin(real, realRoot)) {
            return Optional.empty();
        }
        byte[] below = Arrays.copyOfRange(real, realRoot.length, real.length);
        return Optional.of(PathBytes.absolute(root, PathBytes.join(root, withoutSlash(below))));
    }

    private static byte[] withoutSlash(byte[] path) {
        return PathBytes.isAbsolute(path) ? Arrays.copyOfRange(path, 1, path.length) : path;
    }

    /// A root below symbolic links is backed up under its real path, since a backup follows no links. A root that
    /// is a link itself stays one.
    private static byte[] withRealParent(byte[] root) {
        return root.length > 1 ? PathBytes.join(realPath(PathBytes.parent(root)), PathBytes.name(root)) : root;
    }

    /// The path without symbolic links, as far as it exists and is UTF-8.
    private static byte[] realPath(byte[] path) {
        Optional<String> text = Utf8.decode(path);
        if (path.length > 1 && text.isPresent()) {
            try {
                return FileNames.of(Path.of(text.get()).toRealPath().toString());
            } catch (IOException | java.nio.file.InvalidPathException _) {
                return PathBytes.join(realPath(PathBytes.parent(path)), PathBytes.name(path));
            }
        }
        return path;
    }
}
