package obnam.engine.restore;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import obnam.api.InterruptedRunException;
import obnam.api.LocalException;
import obnam.api.ObnamException;
import obnam.engine.Progress;
import obnam.engine.browse.TreeWalk;
import obnam.posix.FileNames;
import obnam.posix.PosixException;

/// Decides which failures concern one entry, so that the rest goes on, and which end the run. Thread-safe.
final class Reports {

    private final Progress progress;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Reports(Progress progress) {
        this.progress = progress;
    }

    /// Does something for one entry.
    ///
    /// @return whether it succeeded; if not, it was reported
    boolean attempt(byte[] path, Runnable action) {
        Optional<String> failure = reasonOf(action);
        failure.ifPresent(reason -> progress.problem(path, reason));
        return failure.isEmpty();
    }

    /// Does something for one entry that may fail for very many in the same way: each way is told once.
    ///
    /// @param what to tell failures apart
    /// @return whether it succeeded
    boolean attemptQuietly(byte[] path, String what, Runnable action) {
        Optional<String> failure = reasonOf(action);
        failure.ifPresent(reason -> {
            if (told.add(what)) {
                progress.problem(path, reason + "; the same with other entries is not reported again");
            }
        });
        return failure.isEmpty();
    }

    /// Does something.
    ///
    /// @return why it failed, if it did in a way that concerns this entry only
    Optional<String> reasonOf(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (PosixException | ObnamException e) {
            return Optional.of(reasonOf(e));
        }
    }

    /// Why one entry failed; a failure that concerns all is thrown.
    String reasonOf(RuntimeException failure) {
        return switch (failure) {
            case PosixException e when e.isNoSpace() -> throw ended("there is no space left in the target", e);
            case PosixException e when e.isReadOnly() -> throw ended("the target cannot be written to", e);
            case PosixException e -> e.getMessage();
            case ObnamException e when TreeWalk.isDamage(e) -> e.getMessage();
            default -> throw failure;
        };
    }

    /// Tells of a failure of one entry; a failure that concerns all is thrown.
    void report(byte[] path, RuntimeException failure) {
        progress.problem(path, reasonOf(failure));
    }

    /// Tells of something.
    void problem(byte[] path, String reason) {
        progress.problem(path, reason);
    }

    /// Ends the run if the user asked for it.
    void checkCancelled() {
        if (progress.cancelled()) {
            throw new InterruptedRunException(
                    "the restore was stopped", "", "What was finished stays; the same command goes on with the rest");
        }
    }

    private static LocalException ended(String what, PosixException cause) {
        return new LocalException(
                what, FileNames.display(cause.path()), "Make room, or restore elsewhere, then run it again", cause);
    }
}
