package obnam.engine.store;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.StoreTraits;

/// Repeats calls of a store that failed and are worth repeating ([StoreException#worthRetrying]).
///
/// Before the n-th repetition it waits for a random time between zero and `firstWait * 2^(n-1)`, at most
/// `longestWait` ("full jitter", M. Brooker, *Exponential Backoff and Jitter*, 2015): clients that failed together
/// do not come back together. It gives up, with the last failure, when the next wait would end after the deadline
/// of the call.
///
/// A call that failed may have taken effect; as every call of a [ChunkStore] may be repeated, that does not
/// matter. A listing begins anew, so that objects may be told of once more, as the contract allows.
///
/// When the calling thread is interrupted it waits no longer: the last failure is thrown, with the interrupt
/// status set. Thread-safe, if the random generator is.
public final class RetryingStore implements ChunkStore {

    /// How long to go on.
    ///
    /// @param firstWait the longest wait before the first repetition; more than zero
    /// @param longestWait the longest wait before any repetition; at least `firstWait`
    /// @param deadline how long after its beginning a call may still be repeated; zero never repeats
    public record Patience(Duration firstWait, Duration longestWait, Duration deadline) {

        /// A quarter of a minute at most between tries, and ten minutes in all: longer than a router or a server
        /// takes to start again.
        public static final Patience NORMAL =
                new Patience(Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofMinutes(10));

        /// @throws IllegalArgumentException if the values are outside their ranges
        public Patience {
            if (!firstWait.isPositive() || longestWait.compareTo(firstWait) < 0 || deadline.isNegative()) {
                throw new IllegalArgumentException(
                        "no way to wait: " + firstWait + ", " + longestWait + ", " + deadline);
            }
        }

        /// The upper bound of the wait before repetition `number`, counted from 1, in nanoseconds.
        private long bound(int number) {
            long wait = firstWait.toNanos();
            for (int i = 1; i < number && wait < longestWait.toNanos(); i++) {
                wait *= 2;
            }
            return Math.min(wait, longestWait.toNanos());
        }
    }

    /// Lets a thread wait; [Thread#sleep(Duration)] unless a test does better.
    @FunctionalInterface
    public interface Sleeper {

        /// Returns after the time, or throws if the thread is interrupted before or meanwhile.
        void sleep(Duration time) throws InterruptedException;
    }

    /// Is told before each wait, on the waiting thread.
    @FunctionalInterface
    public interface Listener {

        /// @param failure why the call will be repeated
        /// @param wait how long it will take until then
        void waiting(StoreException failure, Duration wait);
    }

    private final ChunkStore store;
    private final Patience patience;
    private final Listener listener;
    private final Sleeper sleeper;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;

    /// Waits in real time.
    ///
    /// @param store closed with this one
    public RetryingStore(ChunkStore store, Patience patience, Listener listener) {
        this(store, patience, listener, Thread::sleep, System::nanoTime, new SecureRandom());
    }

    /// @param store closed with this one
    /// @param nanoTime a clock that cannot be set, as [System#nanoTime]
    /// @param random used by all calling threads
    public RetryingStore(
            ChunkStore store,
            Patience patience,
            Listener listener,
            Sleeper sleeper,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.store = store;
        this.patience = patience;
        this.listener = listener;
        this.sleeper = sleeper;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        run(() -> store.put(name, content));
    }

    @Override
    public ObjectName compose(ObjectKind kind, List<Part> parts) {
        return answer(() -> store.compose(kind, parts));
    }

    @Override
    public void releaseReserve() {
        run(store::releaseReserve);
    }

    @Override
    public void keepReserve() {
        run(store::keepReserve);
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        return answer(() -> store.get(name, limit));
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        run(() -> store.getRange(name, offset, length, target, targetOffset));
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        AtomicBoolean visitorFailed = new AtomicBoolean();
        run(
                () -> store.list(kind, object -> {
                    try {
                        visitor.accept(object);
                    } catch (RuntimeException e) {
                        visitorFailed.set(true);
                        throw e;
                    }
                }),
                () -> !visitorFailed.get());
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return answer(() -> store.size(name));
    }

    @Override
    public void delete(ObjectName name) {
        run(() -> store.delete(name));
    }

    @Override
    public void barrier() {
        run(store::barrier);
    }

    @Override
    public void close() {
        store.close();
    }

    private void run(Runnable call) {
        run(call, () -> true);
    }

    private void run(Runnable call, BooleanSupplier repeatable) {
        boolean done = answer(
                () -> {
                    call.run();
                    return true;
                },
                repeatable);
        assert done;
    }

    private <T> T answer(Supplier<T> call) {
        return answer(call, () -> true);
    }

    private <T> T answer(Supplier<T> call, BooleanSupplier repeatable) {
        long begun = nanoTime.getAsLong();
        for (int repetition = 1; ; repetition++) {
            try {
                return call.get();
            } catch (StoreException e) {
                if (!e.worthRetrying() || !repeatable.getAsBoolean() || !hasWaited(e, repetition, begun)) {
                    throw e;
                }
            }
        }
    }

    /// Waits before a repetition; false if there is no time left, or the thread is interrupted.
    private boolean hasWaited(StoreException failure, int repetition, long begun) {
        long wait = random.nextLong(patience.bound(repetition) + 1);
        long elapsed = nanoTime.getAsLong() - begun;
        if (wait > patience.deadline().toNanos() - elapsed
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        Duration time = Duration.ofNanos(wait);
        listener.waiting(failure, time);
        try {
            sleeper.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
