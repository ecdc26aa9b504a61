package obnam.engine.store;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.StoreTraits;

/// A store that refuses to be changed. For commands that only read, so that a mistake in them harms nothing.
public final class ReadOnlyStore implements ChunkStore {

    private final ChunkStore store;

    /// @param store closed with this one
    public ReadOnlyStore(ChunkStore store) {
        this.store = store;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    /// @throws StoreException always
    @Override
    public void put(ObjectName name, ByteBuffer content) {
        throw refused(name);
    }

    /// @throws StoreException always
    @Override
    public void delete(ObjectName name) {
        throw refused(name);
    }

    private static StoreException refused(ObjectName name) {
        return StoreException.lasting("the store is opened for reading only", name.toString(), "");
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
        store.list(kind, visitor);
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return store.size(name);
    }

    @Override
    public void close() {
        store.close();
    }
}
