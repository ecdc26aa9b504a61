package obnam.engine.backup;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import obnam.api.ChunkId;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkIndex;

/// Which chunks need not be stored: those of the index and those this run has taken on. Thread-safe.
final class KnownChunks {

    private final ChunkIndex index;
    private final Set<ChunkId> taken = ConcurrentHashMap.newKeySet();

    KnownChunks(ChunkIndex index) {
        this.index = index;
    }

    /// Whether the caller is the one who must store this chunk. Of several threads that ask for a new chunk exactly
    /// one is told so; should it fail, so does the whole run.
    boolean take(ChunkId id) {
        return !index.contains(id) && taken.add(id);
    }

    /// Whether the index may lack what it once had, so that a chunk is not to be relied on unasked.
    boolean mayLack() {
        return index.mayLack();
    }

    /// Whether the repository has the chunk.
    boolean has(ChunkId id) {
        return index.contains(id);
    }

    /// Takes note of an INDEX object that this run has put: its chunks are found in the index from now on, so that
    /// the memory of a run does not grow with what it stores. A chunk that is asked for in just this moment may be
    /// stored twice, which does no harm.
    void indexed(ObjectName name, byte[] bytes) {
        index.add(name, bytes, taken::remove);
    }
}
