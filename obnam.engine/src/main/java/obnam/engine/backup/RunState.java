package obnam.engine.backup;

import java.util.concurrent.atomic.AtomicReference;
import obnam.api.InterruptedRunException;
import obnam.engine.Progress;

/// Whether a run goes on: the first failure of any of its threads ends all of them. Thread-safe.
final class RunState {

    private final Progress progress;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    RunState(Progress progress) {
        this.progress = progress;
    }

    /// Runs a piece of work; what it throws ends the run.
    void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /// Ends the run.
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /// Whether the run has failed or was cancelled.
    boolean ended() {
        return failure.get() != null || progress.cancelled();
    }

    /// Throws if the run has failed or was cancelled.
    void check() {
        switch (failure.get()) {
            case null -> {
                if (progress.cancelled()) {
                    throw new InterruptedRunException(
                            "interrupted", "", "What was stored so far is used by the next run");
                }
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
