package obnam.posix;

/// Numbers of the Linux system call interface. Those of x86-64 have their own history; AArch64 uses the generic
/// table.
final class Kernel {
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    // Numbers of system calls.
    static final int CLOSE = ARM ? 57 : 3;
    static final int LSEEK = ARM ? 62 : 8;
    static final int IOCTL = ARM ? 29 : 16;
    static final int PREAD = ARM ? 67 : 17;
    static final int PWRITE = ARM ? 68 : 18;
    static final int FLOCK = ARM ? 32 : 73;
    static final int FSYNC = ARM ? 82 : 74;
    static final int FDATASYNC = ARM ? 83 : 75;
    static final int FTRUNCATE = ARM ? 46 : 77;
    static final int FCHMOD = ARM ? 52 : 91;
    static final int FCHOWN = ARM ? 55 : 93;
    static final int GETEUID = ARM ? 175 : 107;
    static final int FSTATFS = ARM ? 44 : 138;
    static final int LSETXATTR = ARM ? 6 : 189;
    static final int FSETXATTR = ARM ? 7 : 190;
    static final int LGETXATTR = ARM ? 9 : 192;
    static final int FGETXATTR = ARM ? 10 : 193;
    static final int LLISTXATTR = ARM ? 12 : 195;
    static final int FLISTXATTR = ARM ? 13 : 196;
    static final int LREMOVEXATTR = ARM ? 15 : 198;
    static final int FREMOVEXATTR = ARM ? 16 : 199;
    static final int GETDENTS64 = ARM ? 61 : 217;
    static final int FADVISE = ARM ? 223 : 221;
    static final int OPENAT = ARM ? 56 : 257;
    static final int MKDIRAT = ARM ? 34 : 258;
    static final int MKNODAT = ARM ? 33 : 259;
    static final int FCHOWNAT = ARM ? 54 : 260;
    static final int UNLINKAT = ARM ? 35 : 263;
    static final int RENAMEAT2 = ARM ? 276 : 316;
    static final int LINKAT = ARM ? 37 : 265;
    static final int SYMLINKAT = ARM ? 36 : 266;
    static final int READLINKAT = ARM ? 78 : 267;
    static final int FCHMODAT = ARM ? 53 : 268;
    static final int UTIMENSAT = ARM ? 88 : 280;
    static final int FALLOCATE = ARM ? 47 : 285;
    static final int STATX = ARM ? 291 : 332;
    static final int OPENAT2 = 437;
    static final int FCHMODAT2 = 452;

    // Flags of open.
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x1_0000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x2_0000;
    static final int O_NOATIME = 0x4_0000;
    static final int O_CLOEXEC = 0x8_0000;
    static final int O_PATH = 0x20_0000;

    // How openat2 resolves: no leaving of the directory, no symlinks, no /proc-style links.
    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;

    // Flags of the *at calls.
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int SEEK_SET = 0;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int FADV_SEQUENTIAL = 2;
    static final int FADV_DONTNEED = 4;
    static final int FALLOC_KEEP_SIZE = 1;
    static final int FALLOC_PUNCH_HOLE = 2;
    static final int TCGETS = 0x5401;
    // Defined with the size of a long, but they carry an int.
    static final long FS_IOC_GETFLAGS = 0x8008_6601L;
    static final long FS_IOC_SETFLAGS = 0x4008_6602L;

    // File types in st_mode.
    static final int S_IFMT = 0170000;
    static final int S_IFIFO = 0010000;
    static final int S_IFCHR = 0020000;
    static final int S_IFDIR = 0040000;
    static final int S_IFBLK = 0060000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    static final int S_IFSOCK = 0140000;

    private Kernel() {}

    /// @param mode `st_mode`; the type in a directory entry (`d_type`) is the same number shifted right by 12
    static FileType fileType(int mode) {
        return switch (mode & S_IFMT) {
            case S_IFREG -> FileType.REGULAR;
            case S_IFDIR -> FileType.DIRECTORY;
            case S_IFLNK -> FileType.SYMLINK;
            case S_IFIFO -> FileType.FIFO;
            case S_IFSOCK -> FileType.SOCKET;
            case S_IFBLK -> FileType.BLOCK_DEVICE;
            case S_IFCHR -> FileType.CHARACTER_DEVICE;
            default -> FileType.UNKNOWN;
        };
    }

    /// A device number as the kernel takes it from user space: 12 bits of major and 20 of minor, woven.
    static long deviceNumber(int major, int minor) {
        return (minor & 0xff) | (major & 0xfffL) << 8 | (minor & 0xfff00L) << 12;
    }
}
