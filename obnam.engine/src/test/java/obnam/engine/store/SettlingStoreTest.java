package obnam.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.Test;

class SettlingStoreTest {

    private static final ObjectName NAME = new ObjectName(ObjectKind.INDEX, "ab".repeat(32));
    private final MemoryStore lagging = new MemoryStore(new StoreTraits(1L << 40, false, Duration.ofSeconds(7), false));

    @Test
    void waitsBeforeEachListingAndBeforeNothingElse() {
        List<String> done = new ArrayList<>();
        SettlingStore store = new SettlingStore(lagging, time -> done.add("wait " + time.toSeconds()));
        store.put(NAME, ByteBuffer.wrap(new byte[] {1}));
        assertThat(store.get(NAME, 10)).containsExactly(1);
        assertThat(store.size(NAME)).hasValue(1);
        assertThat(done).isEmpty();

        store.list(ObjectKind.INDEX, info -> done.add("object"));
        store.list(ObjectKind.PACK, info -> done.add("object"));

        assertThat(done).containsExactly("wait 7", "object", "wait 7");
        assertThat(store.traits().staleness()).isZero();
    }

    @Test
    void doesNotListWhenItIsInterrupted() {
        SettlingStore store = new SettlingStore(lagging, _ -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> store.list(ObjectKind.INDEX, _ -> {})).isInstanceOf(InterruptedRunException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
