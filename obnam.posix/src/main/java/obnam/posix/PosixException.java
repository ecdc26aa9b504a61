package obnam.posix;

/// A system call that failed: which one, on what, and why. The message is one printable line, such as `cannot open
/// notes\n.txt: permission denied (EACCES)`.
public final class PosixException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String operation;
    private final byte[] path;

    /// @param errno the number as Linux counts them, also where the fallback runs on another system
    /// @param operation what was tried, to follow "cannot", such as "open"
    /// @param path the name or path it was tried on, not copied; empty for an open file or directory itself
    public PosixException(int errno, String operation, byte[] path) {
        super(message(errno, operation, path));
        this.errno = errno;
        this.operation = operation;
        this.path = path;
    }

    private static String message(int errno, String operation, byte[] path) {
        String object = path.length == 0 ? "" : " " + FileNames.display(path);
        return "cannot %s%s: %s (%s)".formatted(operation, object, Errno.reason(errno), Errno.name(errno));
    }

    /// The error number as Linux counts them.
    public int errno() {
        return errno;
    }

    /// The symbolic name of the error, such as `ENOENT`.
    public String errorName() {
        return Errno.name(errno);
    }

    /// The error in words, such as "no such file or directory".
    public String reason() {
        return Errno.reason(errno);
    }

    /// What was tried, such as "open".
    public String operation() {
        return operation;
    }

    /// What it was tried on: a name within a directory or a whole path; empty for an open file or directory itself.
    public byte[] path() {
        return path.clone();
    }

    /// Nothing of that name is there (`ENOENT`), or something on the way to it is not a directory (`ENOTDIR`).
    public boolean isNotFound() {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR;
    }

    /// This process may not do that (`EACCES`, `EPERM`).
    public boolean isPermission() {
        return errno == Errno.EACCES || errno == Errno.EPERM;
    }

    /// The device or the quota is full (`ENOSPC`, `EDQUOT`).
    public boolean isNoSpace() {
        return errno == Errno.ENOSPC || errno == Errno.EDQUOT;
    }

    /// The name is taken (`EEXIST`).
    public boolean isExists() {
        return errno == Errno.EEXIST;
    }

    /// The directory to be removed has entries (`ENOTEMPTY`; some file systems say `EEXIST`).
    public boolean isNotEmpty() {
        return errno == Errno.ENOTEMPTY || errno == Errno.EEXIST;
    }

    /// The file system or the platform cannot do that at all (`EOPNOTSUPP`, `ENOTTY`, `ENOSYS`).
    public boolean isNotSupported() {
        return errno == Errno.EOPNOTSUPP || errno == Errno.ENOTTY || errno == Errno.ENOSYS;
    }

    /// Too many files are open, in this process or in the system (`EMFILE`, `ENFILE`).
    public boolean isTooManyOpenFiles() {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }

    /// A symlink stands where none is followed (`ELOOP`).
    public boolean isSymlink() {
        return errno == Errno.ELOOP;
    }

    /// The device failed or the file system is damaged (`EIO`, `EUCLEAN`, `EBADMSG`).
    public boolean isDamage() {
        return errno == Errno.EIO || errno == Errno.EUCLEAN || errno == Errno.EBADMSG;
    }

    /// The file system is mounted read-only (`EROFS`).
    public boolean isReadOnly() {
        return errno == Errno.EROFS;
    }

    /// The file system of the attribute or name does not take it: too long, too large, not valid there
    /// (`ENAMETOOLONG`,
    /// `EFBIG`, `E2BIG`, `ERANGE`, `EINVAL`).
    public boolean isNotRepresentable() {
        return switch (errno) {
            case Errno.ENAMETOOLONG, Errno.EFBIG, Errno.E2BIG, Errno.ERANGE, Errno.EINVAL -> true;
            default -> false;
        };
    }
}
