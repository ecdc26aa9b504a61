package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.MissingObjectException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import org.junit.jupiter.api.Test;

/// The part of [ChunkStoreContract] that is about threads and their interruption.
abstract class ChunkStoreThreadTests extends ChunkStoreFixture {

    private static final int THREADS = 8;

    /// Names and sizes that a listing tells of.
    static Map<ObjectName, Long> listed(ChunkStore store, ObjectKind kind) {
        Map<ObjectName, Long> sizes = new HashMap<>();
        store.list(kind, object -> sizes.put(object.name(), object.size()));
        return sizes;
    }

    /// Runs tasks at once, one thread each, and returns what they return.
    private static <T> List<T> together(int threads, IntFunction<Callable<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = IntStream.range(0, threads)
                    .mapToObj(task)
                    .map(each -> executor.submit(() -> {
                        start.await();
                        return each.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void putsOfOneObjectByManyThreadsAllSucceed() throws Exception {
        for (int round = 0; round < 5; round++) {
            Sample sample = sample(ObjectKind.PACK, round, 200_000);
            together(THREADS, _ -> () -> put(sample));
            assertHolds(store(), sample);
        }
        settle();
        assertThat(listed(store(), ObjectKind.PACK)).hasSize(5);
    }

    @Test
    void ofManyConfigsThatArePutAtOnceOneWins() throws Exception {
        for (int round = 0; store().traits().atomicPut() && round < 5; round++) {
            List<ChunkStore> stores = List.of(store(), open(OpenMode.EXISTING));
            List<Integer> winners = new ArrayList<>(together(THREADS, i -> () -> {
                Sample config = sample(ObjectKind.CONFIG, i, 100);
                try {
                    stores.get(i % 2).put(config.name(), config.buffer());
                    return i;
                } catch (ObjectExistsException _) {
                    return -1;
                }
            }));
            winners.removeIf(winner -> winner < 0);
            assertThat(winners).hasSize(1);
            assertHolds(store(), sample(ObjectKind.CONFIG, winners.getFirst(), 100));
            store().delete(ObjectName.CONFIG);
        }
    }

    @Test
    void anObjectIsSeenWholeOrNotAtAllWhileItIsPut() throws Exception {
        Sample sample = sample(ObjectKind.PACK, 1, 4 << 20);
        ChunkStore reader = open(OpenMode.EXISTING);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Sample> writer = executor.submit(() -> put(sample));
            boolean done;
            do {
                done = writer.isDone();
                if (store().traits().atomicPut()) {
                    seesAllOrNothing(reader, sample);
                }
            } while (!done);
            writer.get();
        }
        assertHolds(reader, sample);
    }

    private static void seesAllOrNothing(ChunkStore reader, Sample sample) {
        byte[] last = new byte[10];
        int length = sample.content().length;
        try {
            reader.getRange(sample.name(), length - last.length, last.length, last, 0);
        } catch (MissingObjectException _) {
            return;
        }
        assertThat(last).isEqualTo(Arrays.copyOfRange(sample.content(), length - last.length, length));
        assertThat(reader.size(sample.name())).hasValue(length);
    }

    @Test
    void threadsThatPutReadListDeleteAndCallBarriersDoNotDisturbEachOther() throws Exception {
        List<Sample> lasting = IntStream.range(0, 50)
                .mapToObj(i -> put(sample(ObjectKind.PACK, 1_000_000 + i, 100)))
                .toList();
        List<ObjectName> names = lasting.stream().map(Sample::name).toList();
        settle();
        together(THREADS, thread -> () -> {
            for (int i = 0; i < 30; i++) {
                Sample sample = put(sample(ObjectKind.PACK, thread * 1000L + i, 1000));
                assertHolds(store(), sample);
                if (i % 10 == thread) {
                    store().barrier();
                    assertThat(listed(store(), ObjectKind.PACK)).containsKeys(names.toArray(ObjectName[]::new));
                }
                store().delete(sample.name());
            }
            return thread;
        });
        settle();
        assertThat(listed(store(), ObjectKind.PACK)).containsOnlyKeys(names.toArray(ObjectName[]::new));
    }

    @Test
    void aListingOfManyObjectsPutByManyThreadsLeavesNoneOut() throws Exception {
        List<List<ObjectName>> put = together(THREADS, thread -> () -> {
            List<ObjectName> names = new ArrayList<>();
            for (int i = thread; i < manyObjects(); i += THREADS) {
                names.add(put(sample(ObjectKind.PACK, i, 16)).name());
            }
            return names;
        });
        settle();
        assertThat(listed(store(), ObjectKind.PACK))
                .containsOnlyKeys(put.stream().flatMap(List::stream).toList())
                .hasSize(manyObjects());
    }

    @Test
    void manyThreadsReadRangesOfTheSameObjects() throws Exception {
        List<Sample> samples = IntStream.range(0, 40)
                .mapToObj(i -> put(sample(ObjectKind.PACK, i, 10_000)))
                .toList();
        together(THREADS, thread -> () -> {
            byte[] target = new byte[100];
            for (int i = 0; i < 400; i++) {
                Sample sample = samples.get((i * 7 + thread) % samples.size());
                int offset = (i * 31) % 9900;
                store().getRange(sample.name(), offset, 100, target, 0);
                assertThat(target).isEqualTo(Arrays.copyOfRange(sample.content(), offset, offset + 100));
            }
            return thread;
        });
    }

    @Test
    void anInterruptedThreadEitherGetsItsAnswerOrMayTryAgain() throws Exception {
        Sample there = put(sample(ObjectKind.PACK, 1, 1000));
        Sample fresh = sample(ObjectKind.PACK, 2, 1000);
        List<Runnable> calls = List.of(
                () -> put(fresh),
                () -> assertHolds(store(), there),
                () -> store().getRange(there.name(), 0, 10, new byte[10], 0),
                () -> listed(store(), ObjectKind.PACK),
                () -> assertThat(store().size(there.name())).hasValue(1000),
                () -> store().barrier(),
                () -> store().delete(there.name()));
        for (Runnable call : calls) {
            Thread.currentThread().interrupt();
            try {
                call.run();
            } catch (StoreException e) {
                assertThat(e.worthRetrying()).isTrue();
            }
            assertThat(Thread.interrupted()).as("interrupt status is kept").isTrue();
            call.run(); // a store that was interrupted still works
        }
        assertHolds(store(), fresh);
        assertThat(store().size(there.name())).isEmpty();
    }
}
