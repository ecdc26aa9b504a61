package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import obnam.api.ChunkStore;
import obnam.api.ObjectName;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends ChunkStoreContract {

    private final MemoryStore.Provider provider = new MemoryStore.Provider();

    @Override
    protected ChunkStore.Provider provider() {
        return provider;
    }

    @Override
    protected String newLocation() {
        return UUID.randomUUID().toString();
    }

    @Test
    void aCopyIsIndependent() {
        MemoryStore one = new MemoryStore();
        one.put(ObjectName.CONFIG, ByteBuffer.wrap(new byte[] {1}));
        MemoryStore other = one.copy();
        one.replace(ObjectName.CONFIG, new byte[] {2, 3});
        assertThat(one.get(ObjectName.CONFIG, 9)).containsExactly(2, 3);
        assertThat(other.get(ObjectName.CONFIG, 9)).containsExactly(1);
        assertThat(one.contents()).containsOnlyKeys(ObjectName.CONFIG);
    }

    @Test
    void contentsAreACopy() {
        MemoryStore store = new MemoryStore();
        store.replace(ObjectName.CONFIG, new byte[] {1});
        store.contents().values().forEach(bytes -> bytes[0] = 2);
        assertThat(store.get(ObjectName.CONFIG, 9)).containsExactly(1);
    }
}
