package obnam.engine.state;

import java.util.Arrays;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.PosixException;

/// Makes the directories that state and caches live in.
public final class Folders {

    private static final int PRIVATE = 0700;

    private Folders() {}

    /// The path of `name` in a directory.
    public static byte[] join(byte[] directory, String name) {
        byte[] end = FileNames.of("/" + name);
        byte[] path = Arrays.copyOf(directory, directory.length + end.length);
        System.arraycopy(end, 0, path, directory.length, end.length);
        return path;
    }

    /// Opens a directory, and makes it and those above it where they are missing, with mode 0700.
    ///
    /// @param path absolute, without a slash at its end
    /// @throws PosixException if that fails
    public static Directory make(byte[] path) {
        try {
            return FileSystem.local().open(path);
        } catch (PosixException e) {
            int slash = path.length - 1;
            while (slash >= 0 && path[slash] != '/') {
                slash--;
            }
            if (!e.isNotFound() || slash < 0) {
                throw e;
            }
            byte[] name = Arrays.copyOfRange(path, slash + 1, path.length);
            try (Directory above = make(Arrays.copyOf(path, Math.max(1, slash)))) {
                return makeIn(above, name);
            }
        }
    }

    private static Directory makeIn(Directory above, byte[] name) {
        try {
            return above.makeDirectory(name, PRIVATE);
        } catch (PosixException e) {
            if (e.isExists()) {
                return above.openDirectory(name);
            }
            throw e;
        }
    }
}
