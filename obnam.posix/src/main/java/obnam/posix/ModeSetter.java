package obnam.posix;

import java.nio.charset.StandardCharsets;

/// Sets the mode of a directory entry without following a symlink: `fchmodat2`, or before Linux 6.6 the entry
/// opened as a mere reference and changed through `/proc/self/fd`.
final class ModeSetter {
    private static final String OPERATION = "set the mode of";

    private static volatile boolean missing;

    private ModeSetter() {}

    static void set(Descriptor directory, byte[] name, int permissions) {
        SystemCalls calls = SystemCalls.current();
        long outcome = missing ? -Errno.ENOSYS : direct(calls, directory, name, permissions);
        // Older sandboxes answer EPERM to calls they do not know; a true EPERM comes again below.
        if (outcome == -Errno.ENOSYS || outcome == -Errno.EPERM) {
            missing |= outcome == -Errno.ENOSYS;
            outcome = byReference(calls, directory, name, permissions);
        }
        Descriptor.check(outcome, OPERATION, name);
    }

    private static long direct(SystemCalls calls, Descriptor directory, byte[] name, int permissions) {
        int flags = Kernel.AT_SYMLINK_NOFOLLOW;
        return calls.call(Kernel.FCHMODAT2, directory.number(), calls.name(name), permissions, flags);
    }

    static long byReference(SystemCalls calls, Descriptor directory, byte[] name, int permissions) {
        int flags = Kernel.O_PATH | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;
        long opened = calls.call(Kernel.OPENAT, directory.number(), calls.name(name), flags, 0);
        if (opened < 0) {
            return opened;
        }
        Descriptor reference = new Descriptor(opened);
        try {
            // Some file systems would change the mode of the symlink itself here; none of them means it.
            if (reference.status().type() == FileType.SYMLINK) {
                return -Errno.EOPNOTSUPP;
            }
            byte[] path = ("/proc/self/fd/" + reference.number()).getBytes(StandardCharsets.US_ASCII);
            return calls.call(Kernel.FCHMODAT, Kernel.AT_FDCWD, calls.name(path), permissions);
        } finally {
            reference.close();
        }
    }
}
