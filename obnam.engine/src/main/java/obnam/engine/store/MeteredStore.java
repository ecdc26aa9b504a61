package obnam.engine.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// Counts the calls to a store. Thread-safe.
public final class MeteredStore implements ChunkStore {

    private final ChunkStore store;
    private final LongAdder calls = new LongAdder();

    /// @param store closed with this one
    public MeteredStore(ChunkStore store) {
        this.store = store;
    }

    /// How many calls there were that reach for the medium, barriers not counted.
    public long calls() {
        return calls.sum();
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        calls.increment();
        store.put(name, content);
    }

    @Override
    public ObjectName compose(ObjectKind kind, List<Part> parts) {
        calls.increment();
        return store.compose(kind, parts);
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        calls.increment();
        return store.get(name, limit);
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        calls.increment();
        store.getRange(name, offset, length, target, targetOffset);
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        calls.increment();
        store.list(kind, visitor);
    }

    @Override
    public OptionalLong size(ObjectName name) {
        calls.increment();
        return store.size(name);
    }

    @Override
    public void delete(ObjectName name) {
        calls.increment();
        store.delete(name);
    }

    @Override
    public void barrier() {
        store.barrier();
    }

    @Override
    public void releaseReserve() {
        store.releaseReserve();
    }

    @Override
    public void keepReserve() {
        store.keepReserve();
    }

    @Override
    public void close() {
        store.close();
    }
}
