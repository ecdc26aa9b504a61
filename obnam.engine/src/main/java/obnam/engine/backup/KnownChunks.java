package obnam.engine.backup;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import obnam.api.ChunkId;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkIndex;

/// Which chunks need not be stored: those of the index and those this run has taken on. Notes which packs
/// it relies on for that. Thread-safe.
final class KnownChunks {

    private final ChunkIndex index;
    private final Set<ChunkId> taken = ConcurrentHashMap.newKeySet();

    private final Set<ObjectName> relied = ConcurrentHashMap.newKeySet();
    private volatile boolean mayLack;

    KnownChunks(ChunkIndex index) {
        this.index = index;
        this.mayLack = index.mayLack();
    }

    /// Whether the caller is the one who must store this chunk. Of several threads that ask for a new chunk exactly
    /// one is told so; should it fail, so does the whole run.
    boolean take(ChunkId id) {
        return !has(id) && taken.add(id);
    }

    /// Whether the index may lack what it once had, so that a chunk is not to be relied on unasked.
    boolean mayLack() {
        return mayLack;
    }

    /// Says that the index may lack what the parent snapshot relies on.
    void lacks() {
        mayLack = true;
    }

    /// Whether the repository has the chunk, in a pack that nobody is going to delete.
    boolean has(ChunkId id) {
        Optional<ObjectName> pack = index.keptIn(id);
        pack.ifPresent(relied::add);
        return pack.isPresent();
    }

    /// The packs that chunks were found in so far.
    Set<ObjectName> relied() {
        return Set.copyOf(relied);
    }

    /// Takes note of an INDEX object that this run has put: its chunks are found in the index from now on, so that
    /// the memory of a run does not grow with what it stores. A chunk that is asked for in just this moment may be
    /// stored twice, which does no harm.
    void indexed(ObjectName name, byte[] bytes) {
        index.add(name, bytes, taken::remove);
    }
}
