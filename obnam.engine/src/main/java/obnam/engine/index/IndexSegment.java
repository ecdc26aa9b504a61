package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.PackType;

/// Some of the repository's INDEX objects, sorted for look-ups. Nothing is parsed when it is opened.
///
/// The ids are results of a keyed hash and so evenly spread: a look-up guesses the page by interpolation (expected
/// O(log log n) pages; after a few guesses it halves what is left, so never more than O(log n)) and searches in it.
///
/// Thread-safe.
final class IndexSegment {

    private static final int GUESSES = 6;
    private static final ThreadLocal<byte[]> PAGE = ThreadLocal.withInitial(() -> new byte[SegmentPages.PAGE]);

    private final SegmentPages pages;
    private final SegmentLayout layout;

    /// @throws DamagedCacheException if it is not a whole segment
    IndexSegment(SegmentPages pages) {
        this.pages = pages;
        byte[] page = PAGE.get();
        pages.read(0, page);
        this.layout = SegmentLayout.read(page);
        if (layout.allPages() != pages.count()) {
            throw new DamagedCacheException("the segment has the wrong length");
        }
    }

    SegmentLayout layout() {
        return layout;
    }

    /// The INDEX objects it stands for.
    List<ObjectName> names() {
        List<ObjectName> names = new ArrayList<>(layout.names());
        for (int i = 0; i < layout.names(); i++) {
            ByteBuffer row = row(layout.namesPage(), SegmentLayout.NAME_ROW, i);
            names.add(name(ObjectKind.INDEX, row));
        }
        return names;
    }

    /// One of the INDEX objects it stands for.
    ObjectName name(int number) {
        return name(ObjectKind.INDEX, row(layout.namesPage(), SegmentLayout.NAME_ROW, number));
    }

    /// A row of a table, as a view of this thread's page: valid until the next read.
    ByteBuffer row(int firstPage, int rowLength, int number) {
        int rows = SegmentLayout.rowsAPage(rowLength);
        byte[] page = PAGE.get();
        pages.read(firstPage + number / rows, page);
        return ByteBuffer.wrap(page, number % rows * rowLength, rowLength);
    }

    /// What its INDEX objects say besides packs.
    ///
    /// @param visitor is told of each, and of the number of the INDEX object that says it
    void forEachRemark(ObjIntConsumer<Remark> visitor) {
        for (int i = 0; i < layout.remarks(); i++) {
            ByteBuffer row = row(layout.remarksPage(), SegmentLayout.REMARK_ROW, i);
            int source = row.getInt();
            Remark.Type type = Remark.Type.of(row.get());
            visitor.accept(new Remark(type, name(type.about(), row), row.getInt()), source);
        }
    }

    private static ObjectName name(ObjectKind kind, ByteBuffer row) {
        byte[] digest = new byte[SegmentLayout.NAME_ROW];
        row.get(digest);
        return new ObjectName(kind, HexFormat.of().formatHex(digest));
    }

    PackInfo pack(int number) {
        ByteBuffer row = row(layout.packsPage(), SegmentLayout.PACK_ROW, number);
        ObjectName name = name(ObjectKind.PACK, row);
        return new PackInfo(name, row.getInt(), PackType.of(row.get(), name));
    }

    /// The first 8 bytes of a pack's name.
    long packPrefix(int number) {
        return row(layout.packsPage(), SegmentLayout.PACK_ROW, number).getLong();
    }

    /// Number of the INDEX object that names a pack.
    int packSource(int number) {
        ByteBuffer row = row(layout.packsPage(), SegmentLayout.PACK_ROW, number);
        return row.getInt(row.position() + SegmentLayout.PACK_ROW - Integer.BYTES);
    }

    /// Number of the pack that a block is in.
    int blockPack(int number) {
        ByteBuffer row = row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, number);
        return row.getInt();
    }

    /// Length of a block's frame.
    int blockLength(int number) {
        ByteBuffer row = row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, number);
        return row.getInt(row.position() + SegmentLayout.BLOCK_ROW - Integer.BYTES);
    }

    BlockLocation block(int number) {
        ByteBuffer row = row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, number);
        int pack = row.getInt();
        int suite = row.get() & 0xff;
        int keyNumber = row.getInt();
        int offset = row.getInt();
        int length = row.getInt();
        return new BlockLocation(pack(pack).name(), suite, keyNumber, offset, length);
    }

    /// A chunk's row.
    ///
    /// @param lengthAndRole the length times four, and the number of the role
    record ChunkRow(ChunkId id, int block, int offset, int lengthAndRole) {}

    ChunkRow chunk(int number) {
        ByteBuffer row = row(layout.chunksPage(), SegmentLayout.CHUNK_ROW, number);
        return new ChunkRow(id(row), row.getInt(), row.getInt(), row.getInt());
    }

    /// Number of the block that a chunk's row names.
    int chunkBlock(int number) {
        ByteBuffer row = row(layout.chunksPage(), SegmentLayout.CHUNK_ROW, number);
        return row.getInt(row.position() + ChunkId.BYTES);
    }

    /// Where a chunk is.
    ChunkLocation location(ChunkRow row) {
        ChunkRole role = ChunkRole.of(row.lengthAndRole() & 3, row.id());
        return new ChunkLocation(role, block(row.block()), row.offset(), row.lengthAndRole() >>> 2);
    }

    /// Number of the first row with the id, or -1. The rows of a chunk that is in several packs stand
    /// together.
    int firstRow(ChunkId id) {
        int row = search(id);
        while (row > 0 && idOf(row - 1).equals(id)) {
            row--;
        }
        return row;
    }

    /// The id of a row.
    ChunkId idOf(int number) {
        return id(row(layout.chunksPage(), SegmentLayout.CHUNK_ROW, number));
    }

    /// Tells of the id of every chunk.
    void forEachId(Consumer<ChunkId> visitor) {
        for (int i = 0; i < layout.chunks(); i++) {
            ByteBuffer row = row(layout.chunksPage(), SegmentLayout.CHUNK_ROW, i);
            visitor.accept(id(row));
        }
    }

    /// Reads the id that begins a chunk's row.
    static ChunkId id(ByteBuffer row) {
        return new ChunkId(row.getLong(), row.getLong(), row.getLong(), row.getLong());
    }

    /// Number of a row with the id, or -1.
    private int search(ChunkId id) {
        byte[] page = PAGE.get();
        int low = 0;
        int high = layout.chunkPages() - 1;
        double lowKey = 0;
        double highKey = unsigned(-1L) + 1;
        double key = unsigned(id.first());
        for (int guesses = 0; low <= high; guesses++) {
            int middle = guesses < GUESSES
                    ? low + (int) ((key - lowKey) / (highKey - lowKey) * (high - low + 1))
                    : low + high >>> 1;
            middle = Math.clamp(middle, low, high);
            pages.read(layout.chunksPage() + middle, page);
            int last = rowsOn(middle) - 1;
            if (id.compareTo(idAt(page, 0)) < 0) {
                high = middle - 1;
                highKey = unsigned(idAt(page, 0).first());
            } else if (id.compareTo(idAt(page, last)) > 0) {
                low = middle + 1;
                lowKey = unsigned(idAt(page, last).first());
            } else {
                int row = searchPage(page, last, id);
                return row < 0 ? -1 : middle * SegmentLayout.rowsAPage(SegmentLayout.CHUNK_ROW) + row;
            }
        }
        return -1;
    }

    private int rowsOn(int chunkPage) {
        int rows = SegmentLayout.rowsAPage(SegmentLayout.CHUNK_ROW);
        return Math.min(rows, layout.chunks() - chunkPage * rows);
    }

    private static int searchPage(byte[] page, int lastRow, ChunkId id) {
        int low = 0;
        int high = lastRow;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = id.compareTo(idAt(page, middle));
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }

    private static ChunkId idAt(byte[] page, int row) {
        return ChunkId.from(page, row * SegmentLayout.CHUNK_ROW);
    }

    private static double unsigned(long value) {
        double half = value >>> 1;
        return half * 2 + (value & 1);
    }
}
