package obnam.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.Test;

final class ReadOnlyStoreTest {

    private final MemoryStore memory = new MemoryStore();
    private final ReadOnlyStore store = new ReadOnlyStore(memory);

    @Test
    void itReads() {
        memory.replace(ObjectName.CONFIG, new byte[] {1, 2, 3});
        assertThat(store.get(ObjectName.CONFIG, 9)).containsExactly(1, 2, 3);
        byte[] target = new byte[2];
        store.getRange(ObjectName.CONFIG, 1, 2, target, 0);
        assertThat(target).containsExactly(2, 3);
        assertThat(store.size(ObjectName.CONFIG)).hasValue(3);
        List<ObjectInfo> listed = new ArrayList<>();
        store.list(ObjectKind.CONFIG, listed::add);
        assertThat(listed).containsExactly(new ObjectInfo(ObjectName.CONFIG, 3));
    }

    @Test
    void itRefusesChanges() {
        memory.replace(ObjectName.CONFIG, new byte[] {1});
        ObjectName name = new ObjectName(ObjectKind.PACK, "a".repeat(64));
        assertThatThrownBy(() -> store.put(name, ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.worthRetrying()).isFalse());
        assertThatThrownBy(() -> store.delete(ObjectName.CONFIG)).isInstanceOf(StoreException.class);
        assertThat(memory.contents()).containsOnlyKeys(ObjectName.CONFIG);
    }
}
