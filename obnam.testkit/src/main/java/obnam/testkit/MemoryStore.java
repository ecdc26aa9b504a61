package obnam.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// A store in the heap, for tests: keeps every promise of [ChunkStore], and lets a test look inside, copy it, and
/// put there what no owner ever put.
///
/// Listings are in the order of names. [#close] does nothing, so that a test can look at a store after the code
/// under test has closed it. Thread-safe.
public final class MemoryStore implements ChunkStore {

    private final StoreTraits traits;
    private final ConcurrentNavigableMap<ObjectName, byte[]> objects = new ConcurrentSkipListMap<>();

    /// An empty store that keeps every promise.
    public MemoryStore() {
        this(StoreTraits.STRONG);
    }

    /// An empty store that states these traits; it behaves as strongly as ever.
    public MemoryStore(StoreTraits traits) {
        this.traits = traits;
    }

    /// A store with the same traits and objects, independent of this one from now on.
    public MemoryStore copy() {
        MemoryStore copy = new MemoryStore(traits);
        objects.forEach((name, content) -> copy.objects.put(name, content.clone()));
        return copy;
    }

    /// All objects with their bytes, copied, in the order of names.
    public SortedMap<ObjectName, byte[]> contents() {
        SortedMap<ObjectName, byte[]> contents = new TreeMap<>();
        objects.forEach((name, content) -> contents.put(name, content.clone()));
        return contents;
    }

    /// Puts `content` in the place of an object, or where there was none, as damage or an attacker would.
    public void replace(ObjectName name, byte[] content) {
        objects.put(name, content.clone());
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(content.position(), bytes);
        byte[] other = objects.putIfAbsent(name, bytes);
        if (other != null && !isSame(name, other, bytes)) {
            throw new ObjectExistsException("another object stands under this name", name.toString(), "");
        }
    }

    private static boolean isSame(ObjectName name, byte[] one, byte[] other) {
        return name.equals(ObjectName.CONFIG) ? Arrays.equals(one, other) : one.length == other.length;
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        byte[] content = existing(name);
        if (content.length > limit) {
            throw new DamageException("an object is longer than it can be", name.toString(), "");
        }
        return content.clone();
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        byte[] content = existing(name);
        if (offset > content.length - length) {
            throw new DamageException("an object is too short", name.toString(), "");
        }
        System.arraycopy(content, Math.toIntExact(offset), target, targetOffset, length);
    }

    private byte[] existing(ObjectName name) {
        byte[] content = objects.get(name);
        if (content == null) {
            throw new MissingObjectException("an object is missing", name.toString(), "");
        }
        return content;
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        objects.forEach((name, content) -> {
            if (name.kind() == kind) {
                visitor.accept(new ObjectInfo(name, content.length));
            }
        });
    }

    @Override
    public OptionalLong size(ObjectName name) {
        byte[] content = objects.get(name);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public void delete(ObjectName name) {
        objects.remove(name);
    }

    @Override
    public void close() {}

    /// Opens memory stores by any location; a store lives as long as its provider. For the contract tests.
    public static final class Provider implements ChunkStore.Provider {

        private final ConcurrentMap<String, MemoryStore> stores = new ConcurrentHashMap<>();

        /// Without any store yet.
        public Provider() {}

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public MemoryStore open(String location, OpenMode mode) {
            if (mode == OpenMode.CREATE) {
                return stores.computeIfAbsent(location, _ -> new MemoryStore());
            }
            MemoryStore store = stores.get(location);
            if (store == null) {
                throw new NoRepositoryException("there is no store", "memory:" + location, "");
            }
            return store;
        }
    }
}
