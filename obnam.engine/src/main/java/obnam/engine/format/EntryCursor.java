package obnam.engine.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import obnam.api.ChunkId;
import obnam.api.ChunkSizes;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileType;
import obnam.posix.Timestamp;

/// Walks the entries of a leaf and reads of each what a comparison needs, without making objects; section 6.2 of
/// the format. [#entry] makes the object where one is wanted.
///
/// Not thread-safe.
public final class EntryCursor {

    static final int FLAG_LINKS = 1;
    static final int FLAG_MOUNT = 2;
    static final int FLAG_INCOMPLETE = 4;
    static final int FIELD_ATTRIBUTE = 1;
    static final int FIELD_FILE_FLAGS = 2;
    static final int FIELD_BORN = 3;
    static final int FIELD_ACCESSED = 4;

    private static final FileType[] TYPES = {
        FileType.UNKNOWN,
        FileType.REGULAR,
        FileType.DIRECTORY,
        FileType.SYMLINK,
        FileType.FIFO,
        FileType.SOCKET,
        FileType.BLOCK_DEVICE,
        FileType.CHARACTER_DEVICE
    };
    private static final int MODE_MASK = 07777;

    private final ByteReader leaf;
    private ByteReader body;
    private byte[] previousName;
    private int start;
    private FileType type = FileType.UNKNOWN;
    private byte[] name;
    private int mode;
    private long uid;
    private long gid;
    private Timestamp modified = new Timestamp(0, 0);
    private Timestamp changed = modified;
    private long inode;
    private int flags;
    private long size;

    /// @param leaf stands on the first entry
    /// @param previousName the name before the first entry, in the leaf before this one; empty if there is none
    public EntryCursor(ByteReader leaf, byte[] previousName) {
        this.name = previousName;
        this.previousName = previousName;
        this.leaf = leaf;
        this.body = leaf;
    }

    /// The number that stands for a type in the data.
    public static int number(FileType type) {
        int number = Arrays.asList(TYPES).indexOf(type);
        if (number < 1) {
            throw new IllegalArgumentException("not a type of an entry: " + type);
        }
        return number;
    }

    /// Moves to the next entry.
    ///
    /// @return whether there is one
    public boolean next() {
        if (leaf.atEnd()) {
            return false;
        }
        start = leaf.position();
        body = leaf.part(Sizes.ENTRY_LIMIT);
        int number = body.u8();
        if (number < 1 || number >= TYPES.length) {
            throw ByteReader.newerVersion("type " + number + " of a directory entry");
        }
        type = TYPES[number];
        previousName = name;
        name = body.bytes(Sizes.NAME_LIMIT);
        checkName();
        mode = body.count(MODE_MASK);
        uid = body.varint();
        gid = body.varint();
        modified = body.time();
        changed = body.time();
        inode = body.varint();
        flags = body.count(Integer.MAX_VALUE);
        size = type == FileType.REGULAR ? body.varint(Long.MAX_VALUE) : 0;
        return true;
    }

    private void checkName() {
        boolean dots = name.length == 1 && name[0] == '.' || name.length == 2 && name[0] == '.' && name[1] == '.';
        if (name.length == 0 || dots) {
            throw body.damage("a name in a directory is not allowed");
        }
        for (byte letter : name) {
            if (letter == 0 || letter == '/') {
                throw body.damage("a name in a directory is not allowed");
            }
        }
        if (Arrays.compareUnsigned(previousName, name) >= 0) {
            throw body.damage("the names of a directory are not in order");
        }
    }

    /// What the entry is.
    public FileType type() {
        return type;
    }

    /// Its name; a new array for each entry.
    public byte[] name() {
        return name;
    }

    /// Length of a file in bytes; 0 for others.
    public long size() {
        return size;
    }

    /// Owner.
    public long uid() {
        return uid;
    }

    /// Group.
    public long gid() {
        return gid;
    }

    /// When its content changed last.
    public Timestamp modified() {
        return modified;
    }

    /// When its metadata changed last.
    public Timestamp changed() {
        return changed;
    }

    /// Inode number.
    public long inode() {
        return inode;
    }

    /// Whether its content was not read whole.
    public boolean incomplete() {
        return (flags & FLAG_INCOMPLETE) != 0;
    }

    /// The array that holds the encoded entry.
    public byte[] array() {
        return leaf.array();
    }

    /// Index in [#array] where the encoded entry begins.
    public int start() {
        return start;
    }

    /// Length of the encoded entry.
    public int length() {
        return leaf.position() - start;
    }

    /// The whole entry.
    public Entry entry() {
        ByteReader in = new ByteReader(body.array(), body.position(), body.remaining(), "directory entry " + inode);
        Entry.Body typed = typedBody(in);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        int[] fileFlags = {-1};
        Timestamp[] times = {modified, modified};
        boolean[] present = {false, false};
        in.fields((tag, value) -> {
            switch (tag) {
                case FIELD_ATTRIBUTE -> attributes.add(attribute(value, attributes));
                case FIELD_FILE_FLAGS -> fileFlags[0] = value.count(Integer.MAX_VALUE);
                case FIELD_BORN, FIELD_ACCESSED -> {
                    times[tag - FIELD_BORN] = value.time();
                    present[tag - FIELD_BORN] = true;
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Entry(
                type,
                name,
                mode,
                uid,
                gid,
                modified,
                changed,
                inode,
                (flags & FLAG_LINKS) != 0,
                (flags & FLAG_MOUNT) != 0,
                incomplete(),
                typed,
                attributes,
                fileFlags[0] < 0 ? OptionalInt.empty() : OptionalInt.of(fileFlags[0]),
                present[0] ? Optional.of(times[0]) : Optional.empty(),
                present[1] ? Optional.of(times[1]) : Optional.empty());
    }

    private static ExtendedAttribute attribute(ByteReader in, List<ExtendedAttribute> before) {
        byte[] attributeName = in.bytes(Sizes.NAME_LIMIT);
        byte[] last = before.isEmpty() ? new byte[0] : before.getLast().name();
        if (Arrays.compareUnsigned(last, attributeName) >= 0) {
            throw in.damage("the extended attributes of an entry are not in order");
        }
        for (byte letter : attributeName) {
            if (letter == 0) {
                throw in.damage("the name of an extended attribute is not allowed");
            }
        }
        return new ExtendedAttribute(attributeName, in.raw(in.remaining()));
    }

    /// The directory's tree; only for a directory.
    public TreeReference tree() {
        return TreeNodes.treeReference(new ByteReader(body.array(), body.position(), body.remaining(), "directory"));
    }

    /// The file's content; only for a regular file.
    public Entry.Content content() {
        return content(new ByteReader(body.array(), body.position(), body.remaining(), "file " + inode), size);
    }

    private Entry.Body typedBody(ByteReader in) {
        return switch (type) {
            case REGULAR -> new Entry.File(size, content(in, size));
            case DIRECTORY -> new Entry.Directory(TreeNodes.treeReference(in));
            case SYMLINK -> new Entry.Symlink(in.bytes(1 << 16));
            case BLOCK_DEVICE, CHARACTER_DEVICE ->
                new Entry.Device(in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE));
            case FIFO, SOCKET, UNKNOWN -> new Entry.Nothing();
        };
    }

    private static Entry.Content content(ByteReader in, long size) {
        int form = in.u8();
        if (form > TreeNodes.LEVELS) {
            throw in.damage("a file's list has too many levels");
        }
        if (form > 0) {
            return new Entry.ListReference(form - 1, in.id(), in.count(ChunkSizes.LARGEST));
        }
        int count = in.count(in.remaining());
        List<Entry.Piece> pieces = new ArrayList<>(count);
        long left = size; // counted down, so that no sum can overflow
        for (int i = 0; i < count && left >= 0; i++) {
            Entry.Piece piece = piece(in);
            pieces.add(piece);
            left -= piece.length();
        }
        if (left != 0) {
            throw in.damage("a file's pieces do not add up to its size");
        }
        return new Entry.Inline(pieces);
    }

    /// Reads an item of a content; section 6.4 of the format.
    static Entry.Piece piece(ByteReader in) {
        long lengthAndHole = in.varint();
        long length = lengthAndHole >>> 1;
        boolean hole = (lengthAndHole & 1) != 0;
        if (length == 0 || !hole && length > ChunkSizes.LARGEST || length > 1L << 62) {
            throw in.damage("a piece of a file has an impossible length");
        }
        return new Entry.Piece(length, hole ? Optional.empty() : Optional.<ChunkId>of(in.id()));
    }
}
