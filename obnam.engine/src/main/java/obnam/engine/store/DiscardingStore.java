package obnam.engine.store;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.MissingObjectException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// A store for dry runs: takes every change and makes none. Of what is put it remembers name and size, of what is
/// deleted the name, so that listings and sizes are as they would be; contents that were put cannot be read back
/// and are missing. Thread-safe.
public final class DiscardingStore implements ChunkStore {

    private final ChunkStore store;
    private final Map<ObjectName, Long> added = new ConcurrentHashMap<>();
    private final Set<ObjectName> deleted = ConcurrentHashMap.newKeySet();

    /// @param store only read; closed with this one
    public DiscardingStore(ChunkStore store) {
        this.store = store;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    /// Remembers the size. Another object under the same name is told by its size only, also for
    /// [ObjectName#CONFIG].
    @Override
    public synchronized void put(ObjectName name, ByteBuffer content) {
        OptionalLong size = size(name);
        if (size.isEmpty()) {
            added.put(name, (long) content.remaining());
        } else if (size.getAsLong() != content.remaining()) {
            throw new ObjectExistsException("another object stands under this name", name.toString(), "");
        }
    }

    @Override
    public synchronized void delete(ObjectName name) {
        added.remove(name);
        deleted.add(name);
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        requireStored(name);
        return store.get(name, limit);
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        requireStored(name);
        store.getRange(name, offset, length, target, targetOffset);
    }

    private void requireStored(ObjectName name) {
        if (deleted.contains(name)) {
            throw new MissingObjectException("an object is missing", name.toString(), "");
        }
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        store.list(kind, object -> {
            if (!deleted.contains(object.name())) {
                visitor.accept(object);
            }
        });
        added.forEach((name, size) -> {
            if (name.kind() == kind) {
                visitor.accept(new ObjectInfo(name, size));
            }
        });
    }

    @Override
    public OptionalLong size(ObjectName name) {
        Long size = added.get(name);
        if (size != null) {
            return OptionalLong.of(size);
        }
        return deleted.contains(name) ? OptionalLong.empty() : store.size(name);
    }

    @Override
    public void close() {
        store.close();
    }
}
