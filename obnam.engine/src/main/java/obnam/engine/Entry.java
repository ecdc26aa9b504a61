package obnam.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import obnam.api.ChunkId;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileType;
import obnam.posix.Timestamp;

/// An entry of a directory in a snapshot.
///
/// @param type what it is
/// @param name its name in its directory, as bytes
/// @param mode permissions: the lower 12 bits of the mode
/// @param uid number of its owner
/// @param gid number of its group
/// @param modified when its content changed last
/// @param changed when its metadata changed last; for information
/// @param inode its inode number when it was read
/// @param multipleLinks whether it had more than one name
/// @param mountRoot whether a file system was mounted there
/// @param incomplete whether its content changed while it was read, or could not be read whole
/// @param body what depends on the type
/// @param attributes extended attributes, with ACLs and capabilities
/// @param fileFlags flags of the file system, as `lsattr` shows them
/// @param born when it was made; for information
/// @param accessed when it was read last, if that was recorded
public record Entry(
        FileType type,
        byte[] name,
        int mode,
        long uid,
        long gid,
        Timestamp modified,
        Timestamp changed,
        long inode,
        boolean multipleLinks,
        boolean mountRoot,
        boolean incomplete,
        Body body,
        List<ExtendedAttribute> attributes,
        OptionalInt fileFlags,
        Optional<Timestamp> born,
        Optional<Timestamp> accessed) {

    /// What depends on the type of an entry.
    public sealed interface Body {}

    /// A regular file.
    ///
    /// @param size its length in bytes
    /// @param content where its bytes are
    public record File(long size, Content content) implements Body {}

    /// A directory.
    ///
    /// @param tree where its entries are
    public record Directory(TreeReference tree) implements Body {}

    /// A symbolic link.
    ///
    /// @param target where it points, as bytes
    public record Symlink(byte[] target) implements Body {}

    /// A block or character device.
    ///
    /// @param major major number
    /// @param minor minor number
    public record Device(int major, int minor) implements Body {}

    /// A FIFO or socket.
    public record Nothing() implements Body {}

    /// Where the bytes of a file are.
    public sealed interface Content {}

    /// The pieces of a short file, in order.
    ///
    /// @param pieces data and holes
    public record Inline(List<Piece> pieces) implements Content {}

    /// The list node that leads to the pieces of a long file.
    ///
    /// @param level level of the node: 0 to 7
    /// @param id its chunk id
    /// @param length its plaintext length in bytes
    public record ListReference(int level, ChunkId id, int length) implements Content {}

    /// A piece of a file.
    ///
    /// @param length in bytes; 1 or greater
    /// @param chunk the data; empty for a hole
    public record Piece(long length, Optional<ChunkId> chunk) {}
}
