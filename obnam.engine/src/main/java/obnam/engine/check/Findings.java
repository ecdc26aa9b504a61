package obnam.engine.check;

import java.util.concurrent.atomic.LongAdder;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.engine.Progress;
import obnam.engine.browse.TreeWalk;
import obnam.posix.FileNames;

/// Takes what a check finds. Thread-safe.
final class Findings {

    private final Progress progress;
    private final LongAdder damaged = new LongAdder();

    Findings(Progress progress) {
        this.progress = progress;
    }

    /// Checks something.
    ///
    /// @return whether it is sound; damage was reported, and what does not concern this object alone was thrown
    boolean attempt(ObjectName name, Runnable check) {
        return attempt(FileNames.of(name.toString()), check);
    }

    /// As above, for a path.
    boolean attempt(byte[] path, Runnable check) {
        checkCancelled();
        try {
            check.run();
            return true;
        } catch (ObnamException e) {
            damaged(path, e);
            return false;
        }
    }

    /// Reports an error if it is damage, and throws it otherwise.
    void damaged(byte[] path, ObnamException e) {
        if (!TreeWalk.isDamage(e)) {
            throw e;
        }
        damaged(path, e.getMessage());
    }

    /// Reports damage to an object.
    void damaged(ObjectName name, String text) {
        damaged(FileNames.of(name.toString()), text);
    }

    /// Reports damage.
    void damaged(byte[] path, String text) {
        damaged.increment();
        progress.problem(path, text);
    }

    /// Number of things found damaged or missing.
    long count() {
        return damaged.sum();
    }

    void checkCancelled() {
        if (progress.cancelled()) {
            throw new InterruptedRunException("the check was stopped", "", "It changed nothing");
        }
    }
}
