package obnam.posix;

import java.util.Optional;

/// Linux through its system calls.
final class LinuxFileSystem implements FileSystem {
    private static final int OPEN_LOCK = Kernel.O_RDWR | Kernel.O_CREAT | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;

    @Override
    public Directory open(byte[] absolutePath) {
        FileNames.requireAbsolute(absolutePath);
        int flags = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_CLOEXEC;
        return new LinuxDirectory(openPath(absolutePath, flags, 0, "open directory"));
    }

    @Override
    public FileStatus status(byte[] absolutePath) {
        FileNames.requireAbsolute(absolutePath);
        SystemCalls calls = SystemCalls.current();
        long outcome = StatusRecord.fill(calls, Kernel.AT_FDCWD, calls.name(absolutePath), 0);
        Descriptor.check(outcome, "read the status of", absolutePath);
        return StatusRecord.parse(calls);
    }

    @Override
    public boolean privileged() {
        return SystemCalls.current().call(Kernel.GETEUID, 0, 0, 0) == 0;
    }

    @Override
    public boolean isTerminal(int descriptor) {
        SystemCalls calls = SystemCalls.current();
        return calls.call(
                        Kernel.IOCTL, descriptor, Kernel.TCGETS, calls.record().address())
                == 0;
    }

    @Override
    public Optional<FileLock> tryLock(byte[] absolutePath) {
        return lock(absolutePath, Kernel.LOCK_EX | Kernel.LOCK_NB);
    }

    @Override
    public FileLock lock(byte[] absolutePath) {
        return lock(absolutePath, Kernel.LOCK_EX).orElseThrow();
    }

    private static Optional<FileLock> lock(byte[] path, int kind) {
        FileNames.requireAbsolute(path);
        Descriptor file = openPath(path, OPEN_LOCK, 0600, "open lock file");
        long outcome = SystemCalls.current().call(Kernel.FLOCK, file.number(), kind, 0);
        if (outcome == 0) {
            // Closing the only descriptor of an open file releases its lock.
            return Optional.of(file::close);
        }
        file.close();
        if (outcome == -Errno.EAGAIN) {
            return Optional.empty();
        }
        throw new PosixException((int) -outcome, "lock", path);
    }

    private static Descriptor openPath(byte[] path, int flags, int mode, String operation) {
        SystemCalls calls = SystemCalls.current();
        long opened = calls.call(Kernel.OPENAT, Kernel.AT_FDCWD, calls.name(path), flags, mode);
        return new Descriptor(Descriptor.check(opened, operation, path));
    }
}
