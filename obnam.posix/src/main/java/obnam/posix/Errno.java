package obnam.posix;

/// Error numbers of Linux, which are the same on all architectures served here, with their names and meanings.
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int E2BIG = 7;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOTTY = 25;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ERANGE = 34;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EBADMSG = 74;
    static final int EOVERFLOW = 75;
    static final int EILSEQ = 84;
    static final int EOPNOTSUPP = 95;
    static final int EUCLEAN = 117;
    static final int EDQUOT = 122;

    private Errno() {}

    /// Symbolic name, or `errno N` for one that file operations are not known to give.
    static String name(int errno) {
        String entry = entry(errno);
        return entry.isEmpty() ? "errno " + errno : entry.substring(0, entry.indexOf(' '));
    }

    /// Meaning in words.
    static String reason(int errno) {
        String entry = entry(errno);
        return entry.isEmpty() ? "system error " + errno : entry.substring(entry.indexOf(' ') + 1);
    }

    private static String entry(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM operation not permitted";
            case ENOENT -> "ENOENT no such file or directory";
            case EINTR -> "EINTR interrupted";
            case EIO -> "EIO input/output error";
            case ENXIO -> "ENXIO no such device or address";
            case E2BIG -> "E2BIG argument too long";
            case 9 -> "EBADF bad file descriptor";
            case EAGAIN -> "EAGAIN temporarily unavailable";
            case 12 -> "ENOMEM out of memory";
            case EACCES -> "EACCES permission denied";
            case 14 -> "EFAULT bad address";
            case EBUSY -> "EBUSY device or file is busy";
            case EEXIST -> "EEXIST file exists";
            case EXDEV -> "EXDEV leads outside, or to another file system";
            case 19 -> "ENODEV no such device";
            case ENOTDIR -> "ENOTDIR not a directory";
            case EISDIR -> "EISDIR is a directory";
            case EINVAL -> "EINVAL invalid argument";
            case ENFILE -> "ENFILE too many open files in the system";
            case EMFILE -> "EMFILE too many open files";
            case ENOTTY -> "ENOTTY not supported by this file";
            case 26 -> "ETXTBSY program is running";
            case EFBIG -> "EFBIG file too large";
            case ENOSPC -> "ENOSPC no space left on device";
            case 29 -> "ESPIPE not seekable";
            case EROFS -> "EROFS read-only file system";
            case 31 -> "EMLINK too many links";
            case ERANGE -> "ERANGE result too large";
            case 35 -> "EDEADLK would deadlock";
            case ENAMETOOLONG -> "ENAMETOOLONG file name too long";
            case 37 -> "ENOLCK no locks available";
            case ENOSYS -> "ENOSYS not known to this kernel";
            case ENOTEMPTY -> "ENOTEMPTY directory not empty";
            case ELOOP -> "ELOOP is a symbolic link, or too many of them";
            case ENODATA -> "ENODATA no such attribute";
            case EBADMSG -> "EBADMSG bad message: data or metadata is damaged";
            case EOVERFLOW -> "EOVERFLOW value too large";
            case EILSEQ -> "EILSEQ name is not valid in this character set";
            case EOPNOTSUPP -> "EOPNOTSUPP operation not supported";
            case 107 -> "ENOTCONN not connected";
            case 110 -> "ETIMEDOUT timed out";
            case 112 -> "EHOSTDOWN host is down";
            case 113 -> "EHOSTUNREACH no route to host";
            case 116 -> "ESTALE stale file handle";
            case EUCLEAN -> "EUCLEAN file system needs checking";
            case 121 -> "EREMOTEIO remote input/output error";
            case EDQUOT -> "EDQUOT disk quota exceeded";
            case 123 -> "ENOMEDIUM no medium found";
            case 126 -> "ENOKEY required key not available";
            case 131 -> "ENOTRECOVERABLE state not recoverable";
            default -> "";
        };
    }
}
