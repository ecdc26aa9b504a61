package obnam.posix;

import java.util.List;
import java.util.Optional;

/// An open directory. Names are resolved within it whatever happens to its path meanwhile. To be used by one thread
/// at a time, and closed.
///
/// **Names** are single components as bytes: an empty name, `.`, `..` and names with `/` or NUL are an
/// [IllegalArgumentException], except where a method says what the empty name means. No method follows a symlink or
/// leaves the directory (but [#parent]), so a tree that others change at the same time cannot lead elsewhere.
///
/// Failures are [PosixException]s; those of a closed directory are [IllegalStateException]s.
public interface Directory extends AutoCloseable {
    /// All entries but `.` and `..`, sorted by name as unsigned bytes, no name twice. Takes 15 to 30 bytes of
    /// memory an entry plus the names; O(n log n).
    DirectoryListing list();

    /// Status of this directory itself.
    FileStatus status();

    /// Status of an entry.
    FileStatus status(byte[] name);

    /// Status of an entry, or empty if there is none of that name. Cheaper than catching an exception.
    Optional<FileStatus> statusIfPresent(byte[] name);

    /// Opens a directory in this one, without changing its access time where that is allowed. A symlink is refused
    /// with
    /// `ELOOP` or `ENOTDIR`.
    Directory openDirectory(byte[] name);

    /// Opens the directory this one is in; that of `/` is `/` again.
    Directory parent();

    /// Opens a file for reading, without changing its access time where that is allowed. A symlink is refused with
    /// `ELOOP`. Opening a FIFO does not wait for a writer. Opening a device node may have side effects: ask for the
    /// status first, and again of the open file, as it may have been replaced in between.
    InputFile openFile(byte[] name);

    /// The target of a symlink; `EINVAL` if the entry is something else.
    byte[] readLink(byte[] name);

    /// All extended attributes this process may see, sorted by name as unsigned bytes; none where they are not
    /// supported. Attributes that vanish meanwhile are left out.
    ///
    /// @param name of an entry; empty or `.` for the directory itself
    List<ExtendedAttribute> extendedAttributes(byte[] name);

    /// The [FileFlags] of a regular file or directory; 0 for others and where flags are not supported. Opens the
    /// file; [InputFile#fileFlags] is cheaper if it is open anyway.
    ///
    /// @param name of an entry; empty or `.` for the directory itself
    int fileFlags(byte[] name);

    /// Makes a directory and opens it. `EEXIST` if the name is taken.
    ///
    /// @param mode permission bits, less those of the process's umask
    Directory makeDirectory(byte[] name, int mode);

    /// Makes an empty regular file and opens it for writing and reading. `EEXIST` if the name is taken, also by a
    /// symlink.
    ///
    /// @param mode permission bits, less those of the process's umask
    OutputFile createFile(byte[] name, int mode);

    /// Opens an existing regular file for writing and reading and leaves its contents as they are. Anything but a
    /// regular file is refused, a symlink with `ELOOP`.
    OutputFile openForUpdate(byte[] name);

    /// Makes a symlink. `EEXIST` if the name is taken.
    ///
    /// @param target not empty, any bytes but NUL
    void makeSymlink(byte[] name, byte[] target);

    /// Makes a FIFO, socket or device node. `EEXIST` if the name is taken; device nodes need privileges.
    ///
    /// @param type FIFO, SOCKET, BLOCK_DEVICE or CHARACTER_DEVICE
    /// @param mode permission bits, less those of the process's umask
    /// @param major of a device node, else ignored
    /// @param minor of a device node, else ignored
    void makeNode(byte[] name, FileType type, int mode, int major, int minor);

    /// Gives a file a further name; a symlink is linked itself. `EEXIST` if the name is taken: of several processes
    /// that link to one name, exactly one succeeds.
    ///
    /// @param from the directory that holds the present name; of the same [FileSystem], may be this one
    void link(Directory from, byte[] fromName, byte[] name);

    /// Renames an entry within this directory, replacing an existing one of the same kind at once.
    void rename(byte[] from, byte[] to);

    /// Removes an entry that is not a directory.
    void remove(byte[] name);

    /// Removes an empty directory.
    void removeDirectory(byte[] name);

    /// Sets the owner; for a symlink its own. Clears setuid, setgid and capabilities of regular files.
    ///
    /// @param name empty for the directory itself
    void setOwner(byte[] name, long uid, long gid);

    /// Sets the permission bits. A symlink has none of its own: `EOPNOTSUPP`.
    ///
    /// @param name empty for the directory itself
    /// @param permissions 0 to 07777
    void setMode(byte[] name, int permissions);

    /// Sets access and modification time, either of which may be [Timestamp#OMIT]; for a symlink its own. A file
    /// system that cannot hold a time takes the nearest one it can.
    ///
    /// @param name empty for the directory itself
    void setTimes(byte[] name, Timestamp access, Timestamp modification);

    /// Adds or replaces an extended attribute; for a symlink its own.
    ///
    /// @param name empty for the directory itself
    void setExtendedAttribute(byte[] name, ExtendedAttribute attribute);

    /// Removes an extended attribute; `ENODATA` if there is none of that name.
    ///
    /// @param name empty for the directory itself
    void removeExtendedAttribute(byte[] name, byte[] attributeName);

    /// Sets the [FileFlags] of a regular file or directory to exactly these; other bits are ignored. `EOPNOTSUPP`
    /// for other files. Does nothing if they are set already.
    ///
    /// @param name empty for the directory itself
    void setFileFlags(byte[] name, int flags);

    /// Makes the entries durable: returns once names made or removed so far survive a loss of power.
    void sync();

    /// Bytes that this process may still write to the file system of this directory.
    long freeSpace();

    /// Closes the directory; a second call does nothing.
    @Override
    void close();
}
