package obnam.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// Makes the listings of a store regular whose listings lag: waits before each for as long as the store's
/// traits say that a listing may miss what was put or deleted. What was done before a listing was asked for
/// then shows in it, whoever did it, and in the order in which listings are asked for. For the listings that
/// deletion rests on; others need not wait. Thread-safe.
public final class SettlingStore implements ChunkStore {

    private final ChunkStore store;
    private final RetryingStore.Sleeper sleeper;

    /// @param store closed with this one
    /// @param sleeper lets a thread wait
    public SettlingStore(ChunkStore store, RetryingStore.Sleeper sleeper) {
        this.store = store;
        this.sleeper = sleeper;
    }

    /// A store whose listings do not lag: the same one, if that is so, else one that waits.
    public static ChunkStore around(ChunkStore store) {
        return store.traits().staleness().isZero() ? store : new SettlingStore(store, Thread::sleep);
    }

    /// Those of the store, but that listings do not lag.
    @Override
    public StoreTraits traits() {
        StoreTraits traits = store.traits();
        return new StoreTraits(
                traits.largestObject(), traits.atomicPut(), Duration.ZERO, traits.local(), traits.composes());
    }

    /// @throws InterruptedRunException if the thread is interrupted while it waits
    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        try {
            sleeper.sleep(store.traits().staleness());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted", "", "", e);
        }
        store.list(kind, visitor);
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        store.put(name, content);
    }

    @Override
    public ObjectName compose(ObjectKind kind, List<Part> parts) {
        return store.compose(kind, parts);
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        return store.get(name, limit);
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        store.getRange(name, offset, length, target, targetOffset);
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return store.size(name);
    }

    @Override
    public void delete(ObjectName name) {
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
