package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.testkit.FaultyStore.Mode;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.Test;

final class FaultyStoreTest {

    private static final ObjectName NAME = new ObjectName(ObjectKind.PACK, "a".repeat(64));
    private static final ObjectName OTHER = new ObjectName(ObjectKind.PACK, "b".repeat(64));

    private final MemoryStore memory = new MemoryStore();
    private final FaultyStore store = new FaultyStore(memory);

    private void put(ObjectName name) {
        store.put(name, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    }

    private List<ObjectInfo> listed() {
        List<ObjectInfo> objects = new ArrayList<>();
        store.list(ObjectKind.PACK, objects::add);
        return objects;
    }

    @Test
    void withoutFaultsItPassesAllOn() {
        put(NAME);
        assertThat(store.get(NAME, 9)).containsExactly(1, 2, 3, 4);
        byte[] target = new byte[3];
        store.getRange(NAME, 1, 2, target, 1);
        assertThat(target).containsExactly(0, 2, 3);
        assertThat(store.size(NAME)).hasValue(4);
        assertThat(listed()).containsExactly(new ObjectInfo(NAME, 4));
        store.barrier();
        store.delete(NAME);
        assertThat(memory.contents()).isEmpty();
        assertThat(store.calls()).isEqualTo(7);
    }

    @Test
    void theCallOfTheGivenNumberFailsAndNoOther() {
        store.failAt(2, Mode.ERROR_BEFORE);
        put(NAME);
        assertThatThrownBy(() -> put(OTHER))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.worthRetrying()).isTrue());
        assertThat(memory.contents()).containsOnlyKeys(NAME);
        put(OTHER);
        assertThat(memory.contents()).containsOnlyKeys(NAME, OTHER);
    }

    @Test
    void anErrorAfterHasTakenEffect() {
        store.failAt(1, Mode.ERROR_AFTER).failAt(2, Mode.ERROR_AFTER);
        assertThatThrownBy(() -> put(NAME)).isInstanceOf(StoreException.class);
        assertThat(memory.contents()).containsOnlyKeys(NAME);
        assertThatThrownBy(() -> store.delete(NAME)).isInstanceOf(StoreException.class);
        assertThat(memory.contents()).isEmpty();
    }

    @Test
    void aLastingErrorIsNotWorthRetrying() {
        store.failWhen(call -> call.operation() == Operation.PUT, Mode.LASTING_ERROR);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> put(NAME))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.worthRetrying()).isFalse());
        }
        store.heal();
        put(NAME);
        assertThat(store.calls()).isEqualTo(3);
    }

    @Test
    void aShortBodyIsHalfOfEverything() {
        put(NAME);
        put(OTHER);
        store.failWhen(_ -> true, Mode.SHORT_BODY);
        assertThat(store.get(NAME, 9)).containsExactly(1, 2);
        byte[] target = {9, 9, 9, 9};
        store.getRange(NAME, 0, 4, target, 0);
        assertThat(target).containsExactly(1, 2, 0, 0);
        assertThat(store.size(NAME)).hasValue(2);
        assertThat(listed()).containsExactly(new ObjectInfo(NAME, 4));
        store.delete(NAME);
        put(ObjectName.CONFIG);
        assertThat(memory.contents()).containsOnlyKeys(ObjectName.CONFIG, NAME, OTHER);
        assertThat(memory.get(ObjectName.CONFIG, 9)).containsExactly(1, 2);
    }

    @Test
    void wrongBytesDifferInOneBit() {
        put(NAME);
        store.failWhen(_ -> true, Mode.WRONG_BYTES);
        assertThat(store.get(NAME, 9)).containsExactly(1, 2, 2, 4);
        byte[] target = new byte[4];
        store.getRange(NAME, 0, 4, target, 0);
        assertThat(target).containsExactly(1, 2, 2, 4);
        assertThat(store.size(NAME)).hasValue(5);
        assertThat(store.size(OTHER)).isEmpty();
        assertThat(listed()).containsExactly(new ObjectInfo(NAME, 5));
        put(OTHER);
        assertThat(memory.get(OTHER, 9)).containsExactly(1, 2, 2, 4);
    }
}
