package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.Test;

final class RecordingStoreTest {

    private static final ObjectName NAME = new ObjectName(ObjectKind.PACK, "a".repeat(64));

    private final RecordingStore store = new RecordingStore(new MemoryStore());

    @Test
    void callsAreNotedInOrderWithTheirBytes() {
        store.put(NAME, ByteBuffer.allocate(7));
        store.get(NAME, 9);
        store.getRange(NAME, 1, 2, new byte[2], 0);
        store.list(ObjectKind.PACK, _ -> {});
        store.size(NAME);
        store.delete(NAME);
        store.barrier();
        assertThat(store.calls()).extracting(StoreCall::operation).containsExactly(Operation.values());
        assertThat(store.calls()).extracting(StoreCall::bytes).containsExactly(7L, 7L, 2L, 0L, 0L, 0L, 0L);
        assertThat(store.calls()).extracting(StoreCall::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void countsAndBytesAreByKind() {
        store.put(NAME, ByteBuffer.allocate(7));
        store.put(ObjectName.CONFIG, ByteBuffer.allocate(5));
        assertThat(store.count(Operation.PUT)).isEqualTo(2);
        assertThat(store.count(Operation.PUT, ObjectKind.PACK)).isEqualTo(1);
        assertThat(store.bytes(Operation.PUT, ObjectKind.CONFIG)).isEqualTo(5);
        assertThat(store.count(Operation.GET)).isZero();
        store.clear();
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void failedCallsAreNotNoted() {
        assertThatThrownBy(() -> store.get(NAME, 9)).isInstanceOf(MissingObjectException.class);
        assertThat(store.calls()).isEmpty();
    }
}
