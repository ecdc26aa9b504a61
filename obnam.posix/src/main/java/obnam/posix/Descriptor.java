package obnam.posix;

/// An open file descriptor and the calls that files and directories have in common.
final class Descriptor {
    private static final byte[] SELF = {};
    private static final int CLOSED = -1;
    private static final int UTIME_OMIT = (1 << 30) - 2;

    private int number;

    Descriptor(long number) {
        this.number = (int) number;
    }

    /// Throws when closed, since the number may by now mean another file.
    int number() {
        if (number == CLOSED) {
            throw new IllegalStateException("closed already");
        }
        return number;
    }

    FileStatus status() {
        return StatusRecord.ofDescriptor(SystemCalls.current(), number());
    }

    void setOwner(long uid, long gid) {
        check(SystemCalls.current().call(Kernel.FCHOWN, number(), id(uid), id(gid)), "set the owner of an open file");
    }

    void setMode(int permissions) {
        check(
                SystemCalls.current().call(Kernel.FCHMOD, number(), permissions & 07777, 0),
                "set the mode of an open file");
    }

    void setTimes(Timestamp access, Timestamp modification) {
        SystemCalls calls = SystemCalls.current();
        long times = times(calls, access, modification);
        check(calls.call(Kernel.UTIMENSAT, number(), 0, times, 0), "set the times of an open file");
    }

    /// @param call FSYNC, or FDATASYNC to leave out times and mode
    void sync(int call) {
        check(SystemCalls.current().call(call, number(), 0, 0), "write to disk");
    }

    /// Closes without repeating: on Linux the descriptor is gone even when the call was interrupted.
    ///
    /// @return 0 or the negated errno
    long close() {
        if (number == CLOSED) {
            return 0;
        }
        int closing = number;
        number = CLOSED;
        long outcome = SystemCalls.current().once(Kernel.CLOSE, closing, 0, 0, 0, 0, 0);
        return outcome == -Errno.EINTR ? 0 : outcome;
    }

    int fileFlags() {
        SystemCalls calls = SystemCalls.current();
        long outcome = readFlags(calls);
        return outcome < 0 ? 0 : calls.record().view().getInt(0) & FileFlags.RESTORABLE;
    }

    void setFileFlags(int flags) {
        SystemCalls calls = SystemCalls.current();
        long outcome = readFlags(calls);
        if (outcome < 0 && (flags & FileFlags.RESTORABLE) == 0) {
            return;
        }
        check(outcome, "read the flags of an open file");
        int present = calls.record().view().getInt(0);
        int wanted = (present & ~FileFlags.RESTORABLE) | (flags & FileFlags.RESTORABLE);
        if (wanted != present) {
            calls.record().view().putInt(0, wanted);
            long set = calls.call(
                    Kernel.IOCTL,
                    number(),
                    Kernel.FS_IOC_SETFLAGS,
                    calls.record().address());
            check(set, "set the flags of an open file");
        }
    }

    private long readFlags(SystemCalls calls) {
        calls.record().view().putLong(0, 0);
        return calls.call(
                Kernel.IOCTL, number(), Kernel.FS_IOC_GETFLAGS, calls.record().address());
    }

    /// Fills this thread's record buffer with two `struct timespec`.
    ///
    /// @return their address
    static long times(SystemCalls calls, Timestamp access, Timestamp modification) {
        putTime(calls, 0, access);
        putTime(calls, 16, modification);
        return calls.record().address();
    }

    private static void putTime(SystemCalls calls, int offset, Timestamp time) {
        long nanoseconds = time.isOmitted() ? UTIME_OMIT : time.nanoseconds();
        calls.record().view().putLong(offset, time.seconds()).putLong(offset + 8, nanoseconds);
    }

    /// Checks a user or group id: the kernel takes 32 bits, and reads all ones as "leave it".
    static long id(long id) {
        if (id < 0 || id > 0xffff_fffeL) {
            throw new IllegalArgumentException("not a user or group id: " + id);
        }
        return id;
    }

    static long check(long outcome, String operation) {
        return check(outcome, operation, SELF);
    }

    static long check(long outcome, String operation, byte[] name) {
        if (outcome < 0) {
            throw new PosixException((int) -outcome, operation, name);
        }
        return outcome;
    }
}
