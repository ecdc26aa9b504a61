package obnam.engine;

import java.util.concurrent.atomic.LongAdder;

/// How far a long run has come. The run adds to it from all its threads; whoever shows it reads at any time.
public final class Progress {

    /// Called for each problem as it is met; from any thread, one at a time.
    public interface ProblemListener {
        /// @param problem what could not be done
        void problem(Problem problem);
    }

    /// Directory entries seen.
    public final LongAdder entries = new LongAdder();
    /// Files finished.
    public final LongAdder files = new LongAdder();
    /// Bytes of file content that are finished, whether they had to be read or not.
    public final LongAdder bytes = new LongAdder();
    /// Bytes that were read from files, or written when restoring.
    public final LongAdder bytesMoved = new LongAdder();
    /// Bytes that were put into the store.
    public final LongAdder bytesStored = new LongAdder();
    /// Bytes of file content that are known to be in the work so far; when [#complete], all there are.
    public final LongAdder bytesFound = new LongAdder();
    /// Files that are known to be in the work so far.
    public final LongAdder filesFound = new LongAdder();

    private final ProblemListener listener;
    private final LongAdder problems = new LongAdder();
    private volatile boolean complete;
    private volatile boolean cancelled;

    /// @param listener is told of problems
    public Progress(ProblemListener listener) {
        this.listener = listener;
    }

    /// Reports a problem and counts it.
    public void problem(byte[] path, String reason) {
        problems.increment();
        synchronized (listener) {
            listener.problem(new Problem(path, reason));
        }
    }

    /// Number of problems so far.
    public long problems() {
        return problems.sum();
    }

    /// Says that all work is known: what was found so far is the total.
    public void foundAll() {
        complete = true;
    }

    /// Whether the totals are final.
    public boolean complete() {
        return complete;
    }

    /// Asks the run to stop soon; it ends with [obnam.api.InterruptedRunException].
    public void cancel() {
        cancelled = true;
    }

    /// Whether the run was asked to stop.
    public boolean cancelled() {
        return cancelled;
    }
}
