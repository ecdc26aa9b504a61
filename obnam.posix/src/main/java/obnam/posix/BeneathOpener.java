package obnam.posix;

import java.nio.ByteBuffer;

/// Opens files for writing so that not even a name that is changed at the same time leads out of the directory:
/// `openat2` with `RESOLVE_BENEATH` and without symlinks. Kernels before 5.6 and some sandboxes do not have it;
/// there, a single component opened with `O_NOFOLLOW` comes to the same.
final class BeneathOpener {
    private static final int HOW_SIZE = 24;
    private static final long RESOLVE =
            Kernel.RESOLVE_BENEATH | Kernel.RESOLVE_NO_SYMLINKS | Kernel.RESOLVE_NO_MAGICLINKS;

    private static volatile boolean missing;

    private BeneathOpener() {}

    static Descriptor open(Descriptor directory, byte[] name, int flags, int mode, String operation) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        long opened = missing ? -Errno.ENOSYS : openat2(calls, directory, name, flags, mode);
        // Older sandboxes answer EPERM to calls they do not know; a true EPERM comes again below.
        if (opened == -Errno.ENOSYS || opened == -Errno.EPERM) {
            missing |= opened == -Errno.ENOSYS;
            opened = calls.call(Kernel.OPENAT, directory.number(), calls.name(name), flags, mode);
        }
        return new Descriptor(Descriptor.check(opened, operation, name));
    }

    /// `struct open_how`: u64 flags, u64 mode, u64 resolve.
    private static long openat2(SystemCalls calls, Descriptor directory, byte[] name, int flags, int mode) {
        ByteBuffer how = calls.record().view();
        how.putLong(0, flags).putLong(8, mode).putLong(16, RESOLVE);
        return calls.call(
                Kernel.OPENAT2,
                directory.number(),
                calls.name(name),
                calls.record().address(),
                HOW_SIZE);
    }
}
