package obnam.posix;

import java.util.Optional;

/// Fallback on java.nio; every method refuses until it is written.
final class NioFileSystem implements FileSystem {
    @Override
    public Directory open(byte[] absolutePath) {
        throw unsupported();
    }

    @Override
    public FileStatus status(byte[] absolutePath) {
        throw unsupported();
    }

    @Override
    public boolean privileged() {
        return false;
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return false;
    }

    @Override
    public Optional<FileLock> tryLock(byte[] absolutePath) {
        throw unsupported();
    }

    @Override
    public FileLock lock(byte[] absolutePath) {
        throw unsupported();
    }

    private static PosixException unsupported() {
        return new PosixException(Errno.ENOSYS, "use the fallback", new byte[0]);
    }
}
