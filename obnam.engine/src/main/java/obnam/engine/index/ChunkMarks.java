package obnam.engine.index;

import java.util.concurrent.atomic.AtomicLongArray;
import obnam.api.ChunkId;

/// A set of chunks of an index: one bit for each row of a chunk. A chunk that is in several packs is marked
/// in all its rows. Marking is thread-safe; [#follow] is not.
public final class ChunkMarks {

    private IndexTables tables;
    private AtomicLongArray bits;

    /// An empty set.
    public ChunkMarks(IndexTables tables) {
        this.tables = tables;
        this.bits = new AtomicLongArray(words(tables));
    }

    private static int words(IndexTables tables) {
        return Math.toIntExact(Math.ceilDiv(tables.chunks(), Long.SIZE));
    }

    /// What marking a chunk found.
    public enum Found {
        /// It is marked now and was not before.
        NEW,
        /// It was marked before.
        KNOWN,
        /// No row has it.
        ABSENT
    }

    /// Marks a chunk. Of several threads that mark one chunk at once, one is told [Found#NEW].
    public Found mark(ChunkId id) {
        long first = tables.firstRow(id);
        if (first < 0) {
            return Found.ABSENT;
        }
        if (!set(first)) {
            return Found.KNOWN;
        }
        var _ = tables.rowsOf(id, row -> {
            var _ = set(row);
        });
        return Found.NEW;
    }

    private boolean set(long row) {
        long bit = 1L << row;
        return (bits.getAndAccumulate((int) (row >>> 6), bit, (word, more) -> word | more) & bit) == 0;
    }

    /// Whether a row is of a chunk of the set.
    public boolean has(long row) {
        return (bits.get((int) (row >>> 6)) & 1L << row) != 0;
    }

    /// Whether a chunk is in the set.
    public boolean has(ChunkId id) {
        long first = tables.firstRow(id);
        return first >= 0 && has(first);
    }

    /// Goes on with the tables after a refresh of the index.
    ///
    /// @param more has the rows of the present ones under the same numbers, and perhaps further ones
    /// @throws DamagedCacheException if it has others
    public void follow(IndexTables more) {
        if (!more.continues(tables)) {
            throw new DamagedCacheException("the cache was made again meanwhile");
        }
        AtomicLongArray wider = new AtomicLongArray(words(more));
        for (int i = 0; i < bits.length(); i++) {
            wider.set(i, bits.get(i));
        }
        long known = tables.chunks();
        IndexTables before = tables;
        tables = more;
        bits = wider;
        more.forEachChunkFrom(known, (row, id, _, _) -> {
            long first = before.firstRow(id);
            if (first >= 0 && has(first)) {
                var _ = set(row);
            }
        });
    }
}
