package obnam.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.store.RetryingStore.Patience;
import obnam.testkit.FaultyStore;
import obnam.testkit.FaultyStore.Mode;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.Test;

final class RetryingStoreTest {

    private static final ObjectName NAME = new ObjectName(ObjectKind.PACK, "a".repeat(64));
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60));

    private final MemoryStore memory = new MemoryStore();
    private final FaultyStore faulty = new FaultyStore(memory);
    private final List<Duration> waits = new ArrayList<>();
    private final List<Duration> told = new ArrayList<>();
    private long now = -5_000_000_000L; // a monotonic clock may start anywhere

    private final RetryingStore store = new RetryingStore(
            faulty,
            PATIENCE,
            (_, wait) -> told.add(wait),
            time -> {
                waits.add(time);
                now += time.toNanos();
            },
            () -> now,
            new SplittableRandom(1));

    private void put() {
        store.put(NAME, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void everyKindOfCallIsRepeatedWhetherOrNotItTookEffect() {
        for (Mode mode : new Mode[] {Mode.ERROR_BEFORE, Mode.ERROR_AFTER}) {
            faulty.failWhen(call -> call.number() % 3 != 0, mode);
            put();
            assertThat(store.get(NAME, 9)).containsExactly(1, 2, 3);
            byte[] target = new byte[2];
            store.getRange(NAME, 1, 2, target, 0);
            assertThat(target).containsExactly(2, 3);
            assertThat(store.size(NAME)).hasValue(3);
            List<ObjectInfo> listed = new ArrayList<>();
            store.list(ObjectKind.PACK, listed::add);
            assertThat(listed).contains(new ObjectInfo(NAME, 3));
            store.barrier();
            store.delete(NAME);
            assertThat(memory.contents()).isEmpty();
            faulty.heal();
        }
        assertThat(faulty.calls()).isEqualTo(2 * 7 * 3);
        assertThat(waits).hasSize(2 * 7 * 2);
    }

    @Test
    void waitsAreRandomAndTheirBoundDoublesUpToTheLongest() {
        faulty.failWhen(call -> call.number() <= 12, Mode.ERROR_BEFORE);
        put();
        long[] bounds = {1, 2, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8};
        assertThat(waits).hasSize(bounds.length);
        for (int i = 0; i < bounds.length; i++) {
            assertThat(waits.get(i)).as("wait %d", i).isBetween(Duration.ZERO, Duration.ofSeconds(bounds[i]));
        }
        assertThat(waits).doesNotHaveDuplicates();
        assertThat(told).isEqualTo(waits);
    }

    @Test
    void itGivesUpAtTheDeadlineWithTheLastFailure() {
        faulty.failWhen(_ -> true, Mode.ERROR_BEFORE);
        assertThatThrownBy(this::put).isInstanceOf(StoreException.class);
        Duration waited = waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(waited).isBetween(Duration.ofSeconds(60 - 8), Duration.ofSeconds(60));
        assertThat(faulty.calls()).isEqualTo(waits.size() + 1L);
    }

    @Test
    void eachCallHasItsOwnDeadline() {
        faulty.failWhen(call -> call.number() % 8 != 0, Mode.ERROR_BEFORE);
        for (int i = 0; i < 20; i++) {
            store.barrier();
        }
        assertThat(faulty.calls()).isEqualTo(160);
    }

    @Test
    void whatIsNotWorthRetryingIsNotRetried() {
        faulty.failAt(1, Mode.LASTING_ERROR);
        assertThatThrownBy(this::put).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.get(NAME, 9)).isInstanceOf(MissingObjectException.class);
        assertThat(faulty.calls()).isEqualTo(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void aVisitorsExceptionIsPassedOnEvenIfItLooksLikeTheStores() {
        put();
        StoreException mine = StoreException.passing("mine", "", "");
        assertThatThrownBy(() -> store.list(ObjectKind.PACK, _ -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(faulty.calls()).isEqualTo(2);
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        faulty.failWhen(_ -> true, Mode.ERROR_BEFORE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::put).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void anInterruptionEndsTheWaiting() {
        faulty.failWhen(_ -> true, Mode.ERROR_BEFORE);
        RetryingStore interrupted = new RetryingStore(
                faulty,
                PATIENCE,
                (_, _) -> {},
                _ -> {
                    throw new InterruptedException();
                },
                () -> now,
                new SplittableRandom(1));
        assertThatThrownBy(interrupted::barrier)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.worthRetrying()).isTrue());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(faulty.calls()).isEqualTo(1);
    }

    @Test
    void patienceThatMakesNoSenseIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Patience(Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Patience(second, Duration.ofMillis(1), second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Patience(second, second, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
