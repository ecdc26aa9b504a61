package obnam.posix;

/// An exclusive lock on a lock file, held until it is closed. See [FileSystem#tryLock].
public interface FileLock extends AutoCloseable {
    /// Releases the lock; a second call does nothing.
    @Override
    void close();
}
