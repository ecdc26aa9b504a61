package obnam.cli.host;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import obnam.engine.Progress;

/// What a signal to stop does: the first one asks the run that is on to end, the second one ends the process at
/// once. If
/// no run is on there is nothing to tidy up, and the first one ends the process.
public final class Interruption {

    /// What ends a run that was stopped, and a process.
    public static final int EXIT_CODE = 130;

    private final AtomicReference<Runnable> cancel = new AtomicReference<>();
    private final AtomicReference<Boolean> requested = new AtomicReference<>(false);
    private final Runnable exit;
    private final Runnable halt;

    /// @param exit ends the process in order
    /// @param halt ends the process at once
    public Interruption(Runnable exit, Runnable halt) {
        this.exit = exit;
        this.halt = halt;
    }

    /// The user wants to stop. May be called on any thread.
    public void request() {
        if (requested.getAndSet(true)) {
            halt.run();
            return;
        }
        Runnable running = cancel.get();
        if (running == null) {
            exit.run();
        } else {
            running.run();
        }
    }

    /// Does something that `progress` can stop.
    public <T> T during(Progress progress, Supplier<T> work) {
        cancel.set(progress::cancel);
        try {
            return work.get();
        } finally {
            cancel.set(null);
        }
    }
}
