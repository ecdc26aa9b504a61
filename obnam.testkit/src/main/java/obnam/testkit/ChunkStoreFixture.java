package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Opens a fresh store for each test of a contract, and makes objects to put there.
abstract class ChunkStoreFixture {

    private ChunkStore.Provider provider = new MemoryStore.Provider();
    private String location = "";
    private final List<ChunkStore> opened = new ArrayList<>();

    /// The provider under test.
    protected abstract ChunkStore.Provider provider();

    /// A place where there is no store yet and where one can be made, another one at each call.
    protected abstract String newLocation();

    /// Called after changes and before a listing: where [obnam.api.StoreTraits#staleness] is not zero, waits until
    /// listings show them.
    protected void settle() {}

    /// How many small objects the listing test puts; to be lowered only where each costs money.
    protected int manyObjects() {
        return 3000;
    }

    /// The length in bytes of the largest object that is put.
    protected int largestObject() {
        return 17 << 20;
    }

    @BeforeEach
    final void openEmptyStore() {
        provider = provider();
        location = newLocation();
        open(OpenMode.CREATE);
    }

    @AfterEach
    final void closeStores() {
        opened.forEach(ChunkStore::close);
    }

    /// The store of this test, empty at first.
    final ChunkStore store() {
        return opened.getFirst();
    }

    /// Opens the store of this test once more; closed after the test.
    final ChunkStore open(OpenMode mode) {
        ChunkStore store = provider.open(location, mode);
        opened.add(store);
        return store;
    }

    /// An object as a repository would put it: named by the SHA-256 of its content, unless it is CONFIG.
    static final class Sample {

        private final ObjectName name;
        private final byte[] content;

        Sample(ObjectName name, byte[] content) {
            this.name = name;
            this.content = content;
        }

        ObjectName name() {
            return name;
        }

        byte[] content() {
            return content;
        }

        ByteBuffer buffer() {
            return ByteBuffer.wrap(content);
        }
    }

    /// The same object for the same arguments, another one for others.
    static Sample sample(ObjectKind kind, long seed, int length) {
        byte[] content = new byte[length];
        new SplittableRandom(seed).nextBytes(content);
        return new Sample(nameOf(kind, content), content);
    }

    static ObjectName nameOf(ObjectKind kind, byte[] content) {
        if (kind == ObjectKind.CONFIG) {
            return ObjectName.CONFIG;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new ObjectName(kind, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    final Sample put(Sample sample) {
        store().put(sample.name(), sample.buffer());
        return sample;
    }

    final void assertHolds(ChunkStore store, Sample sample) {
        assertThat(store.get(sample.name(), Math.max(1, sample.content().length)))
                .as("content of %s", sample.name())
                .isEqualTo(sample.content());
        assertThat(store.size(sample.name())).as("size of %s", sample.name()).hasValue(sample.content().length);
    }
}
