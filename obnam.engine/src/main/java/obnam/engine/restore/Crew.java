package obnam.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import obnam.api.InterruptedRunException;

/// Threads that take up work in the order it is handed out. The first failure ends all of them.
///
/// @param <W> the work
public final class Crew<W> {

    private static final int WAITING_PER_THREAD = 2;
    private static final long PAUSE_MILLIS = 100;

    private final BlockingQueue<Optional<W>> queue;
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();

    /// What one thread does.
    ///
    /// @param <W> the work
    public interface Worker<W> extends Consumer<W>, AutoCloseable {
        @Override
        void close();
    }

    /// @param size number of threads
    /// @param workers makes a worker for each; called on the calling thread
    public Crew(int size, Supplier<? extends Worker<W>> workers) {
        queue = new ArrayBlockingQueue<>(size * WAITING_PER_THREAD);
        for (int i = 0; i < size; i++) {
            Worker<W> worker = workers.get();
            Thread thread = Thread.ofPlatform().name("crew-" + i).daemon().unstarted(() -> work(worker));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void work(Worker<W> worker) {
        try (worker) {
            Optional<W> next = queue.take();
            while (next.isPresent() && failure.get().isEmpty()) {
                worker.accept(next.get());
                next = queue.take();
            }
        } catch (InterruptedException e) {
            fail(interrupted(e));
        } catch (Throwable e) { // whatever it is, it is thrown again where the run was started
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure.compareAndSet(Optional.empty(), Optional.of(e));
        threads.forEach(Thread::interrupt);
    }

    /// Hands out work; waits while there is too much of it.
    public void submit(W work) {
        put(Optional.of(work));
    }

    /// Waits until all work is done.
    public void finish() {
        threads.forEach(_ -> put(Optional.empty()));
        joinAll();
        rethrow();
    }

    /// Ends the threads; work that was not begun stays undone.
    public void stop() {
        threads.forEach(Thread::interrupt);
        joinAll();
    }

    private void put(Optional<W> work) {
        try {
            do {
                rethrow();
            } while (!queue.offer(work, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private void joinAll() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        switch (failure.get().orElse(null)) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static InterruptedRunException interrupted(InterruptedException cause) {
        return new InterruptedRunException("the run was interrupted", "", "", cause);
    }
}
