package obnam.posix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// Bytes to paths and back, and the errors of java.nio to ours.
///
/// A path made from text goes through a character set and loses bytes. One made from a `file:` URI does not: each
/// byte may be given as `%NN`, and comes back so.
final class NioPaths {
    /// Messages of the C library, by which alone java.nio tells these errors apart.
    private static final Map<String, Integer> REASONS = Map.ofEntries(
            Map.entry("operation not permitted", Errno.EPERM),
            Map.entry("too many open files", Errno.EMFILE),
            Map.entry("no space left on device", Errno.ENOSPC),
            Map.entry("disk quota exceeded", Errno.EDQUOT),
            Map.entry("file name too long", Errno.ENAMETOOLONG),
            Map.entry("read-only file system", Errno.EROFS),
            Map.entry("too many levels of symbolic links", Errno.ELOOP),
            Map.entry("invalid argument", Errno.EINVAL),
            Map.entry("is a directory", Errno.EISDIR),
            Map.entry("not a directory", Errno.ENOTDIR),
            Map.entry("directory not empty", Errno.ENOTEMPTY),
            Map.entry("operation not supported", Errno.EOPNOTSUPP),
            Map.entry("invalid cross-device link", Errno.EXDEV),
            Map.entry("cross-device link", Errno.EXDEV));

    private NioPaths() {}

    /// @param absolute begins with `/`
    static Path path(byte[] absolute) {
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : absolute) {
            if (b == '/') {
                uri.append('/');
            } else {
                uri.append("%%%02X".formatted(b & 0xff));
            }
        }
        try {
            return Path.of(URI.create(uri.toString()));
        } catch (IllegalArgumentException _) {
            // Some systems refuse names that are not UTF-8, as their file systems do.
            throw new PosixException(Errno.EILSEQ, "use", absolute);
        }
    }

    static Path child(Path directory, byte[] name) {
        FileNames.requireComponent(name);
        return directory.resolve(relative(name));
    }

    /// A path that does not begin with `/` and is not resolved.
    static Path relative(byte[] name) {
        byte[] rooted = new byte[name.length + 1];
        rooted[0] = '/';
        System.arraycopy(name, 0, rooted, 1, name.length);
        Path path = path(rooted);
        return path.subpath(0, path.getNameCount());
    }

    /// The bytes of a path, absolute or relative.
    static byte[] bytes(Path path) {
        Path rooted = path.isAbsolute() ? path : Path.of("/").resolve(path);
        String uri = rooted.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = path.isAbsolute() ? 0 : 1; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(uri.charAt(i));
            }
        }
        byte[] all = bytes.toByteArray();
        // A slash was added if there is a directory of that name.
        boolean slash = all.length > 1 && all[all.length - 1] == '/';
        return slash ? Arrays.copyOf(all, all.length - 1) : all;
    }

    /// Runs something and turns its errors into ours.
    static <T> T run(String operation, byte[] name, Action<T> action) {
        try {
            return action.run();
        } catch (IOException failure) {
            throw failed(errno(failure), operation, name, failure);
        } catch (UnsupportedOperationException | InvalidPathException failure) {
            throw failed(Errno.EOPNOTSUPP, operation, name, failure);
        }
    }

    private static PosixException failed(int errno, String operation, byte[] name, Exception cause) {
        PosixException failure = new PosixException(errno, operation, name);
        failure.initCause(cause);
        return failure;
    }

    private static int errno(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> Errno.ENOENT;
            case FileAlreadyExistsException _ -> Errno.EEXIST;
            case AccessDeniedException _ -> Errno.EACCES;
            case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
            case NotDirectoryException _ -> Errno.ENOTDIR;
            case NotLinkException _ -> Errno.EINVAL;
            case FileSystemLoopException _ -> Errno.ELOOP;
            case FileSystemException known -> byReason(String.valueOf(known.getReason()));
            default -> byReason(String.valueOf(failure.getMessage()));
        };
    }

    private static int byReason(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Integer> known : REASONS.entrySet()) {
            if (text.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return Errno.EIO;
    }

    /// What may fail as java.nio does.
    interface Action<T> {
        T run() throws IOException;
    }
}
