package obnam.posix;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Calls `statx` and takes its record apart. The offsets are those of `struct statx` in `linux/stat.h`, part of the
/// kernel's binary interface and the same on all architectures.
final class StatusRecord {
    // What is asked for: basic statistics (0x7ff) and the time of birth (0x800).
    private static final int MASK = 0xfff;
    private static final int BIRTH_TIME = 0x800;
    private static final long ATTRIBUTE_MOUNT_ROOT = 0x2000;

    private static final int STX_MASK = 0x00; // u32
    private static final int STX_ATTRIBUTES = 0x08; // u64
    private static final int STX_NLINK = 0x10; // u32
    private static final int STX_UID = 0x14; // u32
    private static final int STX_GID = 0x18; // u32
    private static final int STX_MODE = 0x1c; // u16
    private static final int STX_INO = 0x20; // u64
    private static final int STX_SIZE = 0x28; // u64
    private static final int STX_BLOCKS = 0x30; // u64
    private static final int STX_ATIME = 0x40; // s64 seconds, u32 nanoseconds, padding: 16 bytes each
    private static final int STX_BTIME = 0x50;
    private static final int STX_CTIME = 0x60;
    private static final int STX_MTIME = 0x70;
    private static final int STX_RDEV_MAJOR = 0x80; // u32
    private static final int STX_RDEV_MINOR = 0x84; // u32
    private static final int STX_DEV_MAJOR = 0x88; // u32
    private static final int STX_DEV_MINOR = 0x8c; // u32

    private StatusRecord() {}

    /// Fills this thread's record buffer.
    ///
    /// @param name address of the name; with `AT_EMPTY_PATH` in the flags an empty one means the descriptor itself
    /// @return 0 or the negated errno
    static long fill(SystemCalls calls, int descriptor, long name, int flags) {
        int all = flags | Kernel.AT_SYMLINK_NOFOLLOW | Kernel.AT_NO_AUTOMOUNT;
        return calls.call(
                Kernel.STATX, descriptor, name, all, MASK, calls.record().address(), 0);
    }

    /// The status of an open descriptor.
    static FileStatus ofDescriptor(SystemCalls calls, int descriptor) {
        byte[] none = {};
        long outcome = fill(calls, descriptor, calls.name(none), Kernel.AT_EMPTY_PATH);
        if (outcome < 0) {
            throw new PosixException((int) -outcome, "read the status of an open file", none);
        }
        return parse(calls);
    }

    /// Takes this thread's record buffer apart.
    static FileStatus parse(SystemCalls calls) {
        ByteBuffer view = calls.record().view();
        int mode = view.getShort(STX_MODE) & 0xffff;
        boolean born = (view.getInt(STX_MASK) & BIRTH_TIME) != 0;
        return new FileStatus(
                Kernel.fileType(mode),
                mode & 07777,
                Integer.toUnsignedLong(view.getInt(STX_NLINK)),
                Integer.toUnsignedLong(view.getInt(STX_UID)),
                Integer.toUnsignedLong(view.getInt(STX_GID)),
                view.getLong(STX_SIZE),
                view.getLong(STX_BLOCKS),
                view.getLong(STX_INO),
                (long) view.getInt(STX_DEV_MAJOR) << 32 | Integer.toUnsignedLong(view.getInt(STX_DEV_MINOR)),
                time(view, STX_MTIME),
                time(view, STX_CTIME),
                time(view, STX_ATIME),
                born ? Optional.of(time(view, STX_BTIME)) : Optional.empty(),
                view.getInt(STX_RDEV_MAJOR),
                view.getInt(STX_RDEV_MINOR),
                (view.getLong(STX_ATTRIBUTES) & ATTRIBUTE_MOUNT_ROOT) != 0);
    }

    private static Timestamp time(ByteBuffer view, int offset) {
        long seconds = view.getLong(offset);
        int nanoseconds = view.getInt(offset + 8);
        if (nanoseconds >= 0 && nanoseconds <= 999_999_999) {
            return new Timestamp(seconds, nanoseconds);
        }
        // Seen from faulty network and FUSE file systems: keep the second, drop the nonsense.
        return new Timestamp(seconds, 0);
    }
}
