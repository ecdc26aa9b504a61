package obnam.posix;

import java.util.Optional;

/// The files of this machine. Thread-safe; there is one instance, [#local()].
///
/// Paths and names are bytes. Errors are [PosixException]s; an argument that can never be right (a relative path, a
/// NUL byte) is an [IllegalArgumentException]. Calls that the kernel interrupts are repeated.
///
/// **Threads.** Calls block the thread they are made on and keep its buffers (some 150 KiB, up to 1 MiB more once
/// it reads file contents) for as long as the thread lives: use platform threads, a few of them.
public interface FileSystem {
    /// The file system of this machine: Linux system calls where they are available, else a fallback on `java.nio`,
    /// which keeps less metadata. The system property `obnam.posix=nio`, read once, forces the fallback.
    static FileSystem local() {
        return LocalFileSystem.INSTANCE;
    }

    /// Opens a directory the user named: symlinks on the way and at the end are followed.
    ///
    /// @param absolutePath shorter than 4096 bytes
    Directory open(byte[] absolutePath);

    /// The status of a file the user named. Symlinks on the way are followed, one at the end is not.
    ///
    /// @param absolutePath shorter than 4096 bytes
    FileStatus status(byte[] absolutePath);

    /// Whether this process is the superuser (effective user id 0), and may thus change owners and make device
    /// nodes, if no sandbox forbids it.
    boolean privileged();

    /// Whether a file descriptor of this process is a terminal.
    ///
    /// @param descriptor 0 is standard input, 1 output, 2 error output
    boolean isTerminal(int descriptor);

    /// Takes an exclusive advisory lock on a lock file, which is made (mode 0600) when missing and stays
    /// afterwards. Other processes, and other callers in this one, are kept out until the lock is closed; the lock
    /// of a process that dies is released by the kernel.
    ///
    /// @return empty if someone else holds the lock
    Optional<FileLock> tryLock(byte[] absolutePath);

    /// As [#tryLock], but waits until the lock is free.
    FileLock lock(byte[] absolutePath);
}
