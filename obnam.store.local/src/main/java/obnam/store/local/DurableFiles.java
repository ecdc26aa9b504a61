package obnam.store.local;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// All that a local store does to its directory, in so few operations that a test can write them down and play back
/// every state a crash may leave.
///
/// A *folder* is the directory of the store (`""`) or one below it (`data`, `data/ab`), a *name* an entry of it.
/// Both are made by this module, never from a user's text. No symlink is followed. Thread-safe. Every failure is a
/// [PosixException].
///
/// What survives a crash: the content of a file that was synced; an entry made or removed before [#syncFolder] of
/// its folder. Of the rest any part may survive.
interface DurableFiles extends AutoCloseable {

    /// A directory entry.
    ///
    /// @param name an ISO 8859-1 character for each byte
    /// @param size in bytes
    /// @param regular whether it is a regular file
    record Entry(String name, long size, boolean regular) {}

    /// A new file that is being written. For one thread.
    interface Draft extends AutoCloseable {

        /// Writes all of the bytes at a position.
        void write(long position, byte[] bytes, int offset, int length);

        /// Makes the content durable.
        void sync();

        /// Some file systems tell only now that they could not write.
        @Override
        void close();
    }

    /// A file that is being read. For one thread.
    interface Reader extends AutoCloseable {

        /// What was opened, and how long it was then.
        Entry entry();

        /// Reads some bytes at a position, at least one unless `length` is 0; -1 at or after the end.
        int read(long position, byte[] buffer, int offset, int length);

        @Override
        void close();
    }

    /// Keeps other processes, and other stores of this one, from taking the same lock.
    interface Lock extends AutoCloseable {

        @Override
        void close();
    }

    /// The entries whose names are wanted, in any order; those that vanish meanwhile are left out.
    List<Entry> list(String folder, Predicate<String> wanted);

    /// The entry of that name, or empty if there is none, or no such folder.
    Optional<Entry> entry(String folder, String name);

    /// Opens what is there for reading, whether it is a regular file or not.
    Reader open(String folder, String name);

    /// Makes an empty file with mode 0600; refused if the name is taken.
    Draft create(String folder, String name);

    /// Makes a folder with mode 0700; that there is one is no error.
    void makeFolder(String parent, String name);

    /// Gives a file a further name; refused if that is taken.
    void link(String fromFolder, String fromName, String folder, String name);

    /// Removes a file.
    void remove(String folder, String name);

    /// Makes durable which entries there are in a folder.
    void syncFolder(String folder);

    /// Bytes that may still be written.
    long freeSpace();

    /// Takes the lock that a file stands for, which is made if there is none; empty if it is held.
    Optional<Lock> tryLock(String folder, String name);

    @Override
    void close();
}
