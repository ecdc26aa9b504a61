package obnam.engine.prune;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// A store that lets others act just before one of its calls, counted from 1.
final class InterleavedStore implements ChunkStore {

    private final ChunkStore store;
    private final long at;
    private final Runnable others;
    private final AtomicLong calls = new AtomicLong();

    InterleavedStore(ChunkStore store, long at, Runnable others) {
        this.store = store;
        this.at = at;
        this.others = others;
    }

    private ChunkStore next() {
        if (calls.incrementAndGet() == at) {
            others.run();
        }
        return store;
    }

    /// Whether the others have acted.
    boolean reached() {
        return calls.get() >= at;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        next().put(name, content);
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        return next().get(name, limit);
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        next().getRange(name, offset, length, target, targetOffset);
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        next().list(kind, visitor);
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return next().size(name);
    }

    @Override
    public void delete(ObjectName name) {
        next().delete(name);
    }

    @Override
    public void barrier() {
        next().barrier();
    }

    @Override
    public void close() {
        store.close();
    }
}
