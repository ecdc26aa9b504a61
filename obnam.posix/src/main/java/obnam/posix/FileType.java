package obnam.posix;

/// What kind of thing a directory entry names.
public enum FileType {
    REGULAR,
    DIRECTORY,
    SYMLINK,
    FIFO,
    SOCKET,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    /// Not told by a directory listing (ask for the status), or a kind this platform cannot name.
    UNKNOWN
}
