package obnam.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import obnam.api.MissingObjectException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.Test;

final class DiscardingStoreTest {

    private static final ObjectName OLD = new ObjectName(ObjectKind.PACK, "a".repeat(64));
    private static final ObjectName NEW = new ObjectName(ObjectKind.PACK, "b".repeat(64));

    private final MemoryStore memory = new MemoryStore();
    private final RecordingStore recording = new RecordingStore(memory);
    private final DiscardingStore store = new DiscardingStore(recording);

    private List<ObjectInfo> listed() {
        List<ObjectInfo> objects = new ArrayList<>();
        store.list(ObjectKind.PACK, objects::add);
        return objects;
    }

    @Test
    void changesAreSeenThroughItAndNeverReachTheStore() {
        memory.replace(OLD, new byte[] {1, 2, 3});
        store.put(NEW, ByteBuffer.allocate(7));
        assertThat(listed()).containsExactlyInAnyOrder(new ObjectInfo(OLD, 3), new ObjectInfo(NEW, 7));
        assertThat(store.size(NEW)).hasValue(7);
        store.delete(OLD);
        assertThat(listed()).containsExactly(new ObjectInfo(NEW, 7));
        assertThat(store.size(OLD)).isEmpty();
        assertThatThrownBy(() -> store.get(OLD, 9)).isInstanceOf(MissingObjectException.class);
        store.put(OLD, ByteBuffer.allocate(5));
        assertThat(store.size(OLD)).hasValue(5);
        store.delete(NEW);
        assertThat(listed()).containsExactly(new ObjectInfo(OLD, 5));
        store.barrier();
        assertThat(memory.contents()).containsOnlyKeys(OLD);
        for (Operation operation : List.of(Operation.PUT, Operation.DELETE, Operation.BARRIER)) {
            assertThat(recording.count(operation)).as("%s", operation).isZero();
        }
    }

    @Test
    void whatIsStoredCanBeReadAndWhatIsOnlyPutCannot() {
        memory.replace(OLD, new byte[] {1, 2, 3});
        store.put(NEW, ByteBuffer.allocate(7));
        assertThat(store.get(OLD, 9)).containsExactly(1, 2, 3);
        byte[] target = new byte[1];
        store.getRange(OLD, 2, 1, target, 0);
        assertThat(target).containsExactly(3);
        assertThatThrownBy(() -> store.get(NEW, 9)).isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> store.getRange(NEW, 0, 1, target, 0)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void anotherObjectUnderATakenNameIsRefused() {
        memory.replace(OLD, new byte[] {1, 2, 3});
        store.put(OLD, ByteBuffer.allocate(3));
        assertThatThrownBy(() -> store.put(OLD, ByteBuffer.allocate(4))).isInstanceOf(ObjectExistsException.class);
        store.put(NEW, ByteBuffer.allocate(7));
        store.put(NEW, ByteBuffer.allocate(7));
        assertThatThrownBy(() -> store.put(NEW, ByteBuffer.allocate(8))).isInstanceOf(ObjectExistsException.class);
    }
}
