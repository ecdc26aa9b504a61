package obnam.engine.check;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// A store that lists only some of its objects and takes none.
final class StoreView implements ChunkStore {

    private final ChunkStore store;
    private final Predicate<ObjectName> shown;

    /// @param shown which objects listings have
    StoreView(ChunkStore store, Predicate<ObjectName> shown) {
        this.store = store;
        this.shown = shown;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        throw new UnsupportedOperationException("a check changes nothing");
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
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        store.list(kind, info -> {
            if (shown.test(info.name())) {
                visitor.accept(info);
            }
        });
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return store.size(name);
    }

    @Override
    public void delete(ObjectName name) {
        throw new UnsupportedOperationException("a check changes nothing");
    }

    /// Does nothing: the store belongs to someone else.
    @Override
    public void close() {}
}
