package obnam.engine.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import obnam.api.ChunkId;
import obnam.api.ObjectName;

/// The rows of an index, numbered through all its segments: packs, blocks and chunks. A refresh of the
/// index adds rows at the end and changes no number. A pack that two INDEX objects name has two rows, and
/// so have its chunks.
///
/// Look-ups by a pack's name go by a sorted table of 12 bytes for each row. Thread-safe.
public final class IndexTables {

    private final List<LiveSegment> segments;
    private final Condemned condemned;
    private final int[] packBase;
    private final int[] blockBase;
    private final long[] chunkBase;
    private Optional<Names> names = Optional.empty();

    /// The packs in the order of the first 8 bytes of their names.
    private record Names(long[] prefixes, int[] rows) {}

    /// Receives chunks.
    public interface ChunkVisitor {
        /// @param row number of the chunk's row
        /// @param id the chunk
        /// @param block number of the block's row
        /// @param length of the chunk in bytes
        void chunk(long row, ChunkId id, int block, int length);
    }

    IndexTables(List<LiveSegment> segments, Condemned condemned) {
        this.segments = segments;
        this.condemned = condemned;
        this.packBase = new int[segments.size() + 1];
        this.blockBase = new int[segments.size() + 1];
        this.chunkBase = new long[segments.size() + 1];
        for (int i = 0; i < segments.size(); i++) {
            SegmentLayout layout = segments.get(i).segment().layout();
            packBase[i + 1] = Math.addExact(packBase[i], layout.packs());
            blockBase[i + 1] = Math.addExact(blockBase[i], layout.blocks());
            chunkBase[i + 1] = chunkBase[i] + layout.chunks();
        }
    }

    /// Whether these tables have all rows of others under the same numbers. They do not when the cache had
    /// to be made again meanwhile.
    boolean continues(IndexTables before) {
        if (segments.size() < before.segments.size()) {
            return false;
        }
        for (int i = 0; i < before.segments.size(); i++) {
            if (!segments.get(i).segment().equals(before.segments.get(i).segment())) {
                return false;
            }
        }
        return true;
    }

    /// Made when it is first asked for: most runs do not look for packs by name.
    private synchronized Names names() {
        if (names.isEmpty()) {
            record Named(long prefix, int row) {}
            Named[] named = new Named[packs()];
            for (int row = 0; row < named.length; row++) {
                named[row] = new Named(prefix(pack(row).name()), row);
            }
            Arrays.sort(named, Comparator.comparingLong(Named::prefix).thenComparingInt(Named::row));
            names = Optional.of(new Names(
                    Arrays.stream(named).mapToLong(Named::prefix).toArray(),
                    Arrays.stream(named).mapToInt(Named::row).toArray()));
        }
        return names.get();
    }

    private static long prefix(ObjectName name) {
        return Long.parseUnsignedLong(name.hex(), 0, 16, 16);
    }

    /// What was condemned when the tables were as they are.
    public Condemned condemned() {
        return condemned;
    }

    /// Number of rows of packs.
    public int packs() {
        return packBase[segments.size()];
    }

    /// Number of rows of blocks.
    public int blocks() {
        return blockBase[segments.size()];
    }

    /// Number of rows of chunks.
    public long chunks() {
        return chunkBase[segments.size()];
    }

    private static int place(int[] base, int row) {
        int found = Arrays.binarySearch(base, row);
        int place = found < 0 ? -found - 2 : found;
        while (base[place + 1] == base[place]) {
            place++;
        }
        return place;
    }

    /// A pack.
    public PackInfo pack(int row) {
        int place = place(packBase, row);
        return segments.get(place).segment().pack(row - packBase[place]);
    }

    /// Whether the INDEX object that named a pack is listed no more.
    public boolean gone(int row) {
        int place = place(packBase, row);
        return segments.get(place).gone().get(row - packBase[place]);
    }

    /// Whether a pack is named by a listed INDEX object, and neither condemned nor known to be missing.
    public boolean kept(int row) {
        int place = place(packBase, row);
        LiveSegment segment = segments.get(place);
        int pack = row - packBase[place];
        return !segment.gone().get(pack) && !segment.shunned().get(pack);
    }

    /// The INDEX object that names a pack.
    public ObjectName source(int row) {
        int place = place(packBase, row);
        IndexSegment segment = segments.get(place).segment();
        return segment.name(segment.packSource(row - packBase[place]));
    }

    /// Tells of all rows of a pack.
    public void rowsOf(ObjectName pack, IntConsumer visitor) {
        Names sorted = names();
        long prefix = prefix(pack);
        int at = Arrays.binarySearch(sorted.prefixes, prefix);
        while (at > 0 && sorted.prefixes[at - 1] == prefix) {
            at--;
        }
        for (int i = at; i >= 0 && i < sorted.rows.length && sorted.prefixes[i] == prefix; i++) {
            if (pack(sorted.rows[i]).name().equals(pack)) {
                visitor.accept(sorted.rows[i]);
            }
        }
    }

    /// The row of the pack that a block is in.
    public int blockPack(int block) {
        int place = place(blockBase, block);
        return packBase[place] + segments.get(place).segment().blockPack(block - blockBase[place]);
    }

    /// Length of a block's frame.
    public int blockLength(int block) {
        int place = place(blockBase, block);
        return segments.get(place).segment().blockLength(block - blockBase[place]);
    }

    /// Tells of all rows of a chunk, also those of packs that are gone.
    ///
    /// @return whether there is one
    public boolean rowsOf(ChunkId id, LongConsumer visitor) {
        boolean any = false;
        for (int place = 0; place < segments.size(); place++) {
            IndexSegment segment = segments.get(place).segment();
            int row = segment.firstRow(id);
            while (row >= 0 && segment.has(row, id)) {
                visitor.accept(chunkBase[place] + row);
                any = true;
                row++;
            }
        }
        return any;
    }

    /// The first row of a chunk, or -1.
    public long firstRow(ChunkId id) {
        for (int place = 0; place < segments.size(); place++) {
            int row = segments.get(place).segment().firstRow(id);
            if (row >= 0) {
                return chunkBase[place] + row;
            }
        }
        return -1;
    }

    /// The row of the block that a chunk is in.
    public int chunkBlock(long row) {
        int place = Arrays.binarySearch(chunkBase, row);
        place = place < 0 ? -place - 2 : place;
        while (chunkBase[place + 1] == chunkBase[place]) {
            place++;
        }
        return blockBase[place] + segments.get(place).segment().chunkBlock((int) (row - chunkBase[place]));
    }

    /// Tells of all chunks in the order of their ids, those of one id after each other.
    public void forEachChunk(ChunkVisitor visitor) {
        if (segments.isEmpty()) {
            return;
        }
        ChunkCursor cursor =
                new ChunkCursor(segments.stream().map(LiveSegment::segment).toList());
        while (cursor.next()) {
            int place = cursor.segment();
            IndexSegment.ChunkRow row = cursor.row();
            visitor.chunk(
                    chunkBase[place] + cursor.number(),
                    row.id(),
                    blockBase[place] + row.block(),
                    row.lengthAndRole() >>> 2);
        }
    }

    /// Tells of the chunks of the segments from number `first` on, in any order.
    void forEachChunkFrom(long firstRow, ChunkVisitor visitor) {
        for (int place = 0; place < segments.size(); place++) {
            if (chunkBase[place] >= firstRow) {
                IndexSegment segment = segments.get(place).segment();
                for (int row = 0; row < segment.layout().chunks(); row++) {
                    IndexSegment.ChunkRow chunk = segment.chunk(row);
                    visitor.chunk(
                            chunkBase[place] + row,
                            chunk.id(),
                            blockBase[place] + chunk.block(),
                            chunk.lengthAndRole() >>> 2);
                }
            }
        }
    }
}
