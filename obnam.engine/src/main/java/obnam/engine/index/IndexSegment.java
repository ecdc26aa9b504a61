package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    private final SegmentPages pages;
    private final SegmentLayout layout;
    /// The names of packs that were asked for, so that a pack in which thousands of chunks are found has one name.
    private final AtomicReferenceArray<ObjectName> packNames;

    /// @throws DamagedCacheException if it is not a whole segment
    IndexSegment(SegmentPages pages) {
        this.pages = pages;
        this.layout = SegmentLayout.read(pages.copy(pages.begin(0), SegmentPages.PAGE));
        if (layout.allPages() != pages.count()) {
            throw new DamagedCacheException("the segment has the wrong length");
        }
        this.packNames = new AtomicReferenceArray<>(layout.packs());
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

    /// A copy of a row of a table.
    ByteBuffer row(int firstPage, int rowLength, int number) {
        return pages.copy(at(firstPage, rowLength, number), rowLength);
    }

    /// Where a row of a table begins.
    private int at(int firstPage, int rowLength, int number) {
        int rows = SegmentLayout.rowsAPage(rowLength);
        return pages.begin(firstPage + number / rows) + number % rows * rowLength;
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

    /// The name of a pack, kept for the next who asks.
    ObjectName packName(int number) {
        ObjectName known = packNames.get(number);
        if (known == null) {
            known = pack(number).name();
            packNames.set(number, known);
        }
        return known;
    }

    /// The first 8 bytes of a pack's name.
    long packPrefix(int number) {
        return pages.getLong(atPack(number));
    }

    /// Number of the INDEX object that names a pack.
    int packSource(int number) {
        return pages.getInt(atPack(number) + SegmentLayout.PACK_ROW - Integer.BYTES);
    }

    private int atPack(int number) {
        return at(layout.packsPage(), SegmentLayout.PACK_ROW, number);
    }

    /// Number of the pack that a block is in.
    int blockPack(int number) {
        return pages.getInt(atBlock(number));
    }

    /// Length of a block's frame.
    int blockLength(int number) {
        return pages.getInt(atBlock(number) + SegmentLayout.BLOCK_ROW - Integer.BYTES);
    }

    private int atBlock(int number) {
        return at(layout.blocksPage(), SegmentLayout.BLOCK_ROW, number);
    }

    BlockLocation block(int number) {
        ByteBuffer row = row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, number);
        int pack = row.getInt();
        int suite = row.get() & 0xff;
        int keyNumber = row.getInt();
        int offset = row.getInt();
        int length = row.getInt();
        return new BlockLocation(packName(pack), suite, keyNumber, offset, length);
    }

    /// A chunk's row.
    ///
    /// @param lengthAndRole the length times four, and the number of the role
    record ChunkRow(ChunkId id, int block, int offset, int lengthAndRole) {}

    ChunkRow chunk(int number) {
        int at = atChunk(number);
        int after = at + ChunkId.BYTES;
        return new ChunkRow(pages.id(at), pages.getInt(after), pages.getInt(after + 4), pages.getInt(after + 8));
    }

    /// Number of the block that a chunk's row names.
    int chunkBlock(int number) {
        return pages.getInt(atChunk(number) + ChunkId.BYTES);
    }

    private int atChunk(int number) {
        return at(layout.chunksPage(), SegmentLayout.CHUNK_ROW, number);
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
        while (row > 0 && has(row - 1, id)) {
            row--;
        }
        return row;
    }

    /// Whether there is such a row, and it has the id.
    boolean has(int row, ChunkId id) {
        return row < layout.chunks() && pages.compare(id, atChunk(row)) == 0;
    }

    /// Tells of the id of every chunk.
    void forEachId(Consumer<ChunkId> visitor) {
        for (int i = 0; i < layout.chunks(); i++) {
            visitor.accept(pages.id(atChunk(i)));
        }
    }

    /// Number of a row with the id, or -1.
    private int search(ChunkId id) {
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
            int page = pages.begin(layout.chunksPage() + middle);
            int last = page + (rowsOn(middle) - 1) * SegmentLayout.CHUNK_ROW;
            if (pages.compare(id, page) < 0) {
                high = middle - 1;
                highKey = unsigned(pages.getLong(page));
            } else if (pages.compare(id, last) > 0) {
                low = middle + 1;
                lowKey = unsigned(pages.getLong(last));
            } else {
                int row = searchPage(page, rowsOn(middle), id);
                return row < 0 ? -1 : middle * SegmentLayout.rowsAPage(SegmentLayout.CHUNK_ROW) + row;
            }
        }
        return -1;
    }

    private int rowsOn(int chunkPage) {
        int rows = SegmentLayout.rowsAPage(SegmentLayout.CHUNK_ROW);
        return Math.min(rows, layout.chunks() - chunkPage * rows);
    }

    private int searchPage(int page, int rows, ChunkId id) {
        int low = 0;
        int high = rows - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = pages.compare(id, page + middle * SegmentLayout.CHUNK_ROW);
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

    private static double unsigned(long value) {
        double half = value >>> 1;
        return half * 2 + (value & 1);
    }
}
