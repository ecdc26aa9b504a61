package obnam.engine.prune;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.format.IndexObject;
import obnam.engine.format.SealedObject;
import obnam.engine.repository.RepositoryContext;

/// Puts and deletes the objects of a prune. When the store is full, the space that it keeps for a prune is
/// given up. For one thread.
final class Publication {

    private final RepositoryContext repository;
    private final ChunkStore store;
    private final Tally tally;
    private boolean released;

    Publication(RepositoryContext repository, Tally tally) {
        this.repository = repository;
        this.store = repository.store();
        this.tally = tally;
    }

    /// Puts an INDEX object.
    ObjectName index(IndexObject.Statements statements) {
        byte[] bytes = IndexObject.encode(repository.frames(), statements);
        ObjectName name = SealedObject.name(ObjectKind.INDEX, bytes, bytes.length);
        boolean done = withRoom(() -> {
            store.put(name, ByteBuffer.wrap(bytes));
            return true;
        });
        assert done;
        tally.newBytes += bytes.length;
        return name;
    }

    /// Puts a pack, and makes sure that it is what it should be.
    IndexObject.PackEntry pack(PackDraft draft, MoveCheck check) {
        IndexObject.PackEntry entry = withRoom(() -> draft.put(store, repository.frames()));
        check.check(entry);
        tally.newPacks++;
        tally.newBytes += entry.size();
        return entry;
    }

    private <T> T withRoom(Supplier<T> put) {
        try {
            return put.get();
        } catch (StoreException e) {
            if (released || e.worthRetrying()) {
                throw e;
            }
            released = true;
            store.releaseReserve();
            return put.get();
        }
    }

    /// Deletes objects.
    void delete(List<ObjectName> names, long size) {
        names.forEach(store::delete);
        tally.deletedObjects += names.size();
        tally.deletedBytes += size;
    }

    /// Ends the work: takes the space again.
    void finish() {
        store.barrier();
        store.keepReserve();
    }
}
