package obnam.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.ProgressDisplay;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.posix.FileNames;

/// A long run: shows its progress, tells of its problems, and can be stopped.
final class Run {

    private final Session session;
    private final Output output;
    private final boolean showProgress;

    Run(Session session, Command command) {
        this.session = session;
        this.output = session.output();
        this.showProgress = command.progress();
    }

    /// How a run went.
    ///
    /// @param result what it gave
    /// @param problems number of problems it met
    /// @param time how long it took
    record Outcome<T>(T result, long problems, Duration time) {}

    /// Does the work on this thread.
    <T> Outcome<T> of(Function<Progress, T> work) {
        Progress progress = new Progress(this::tell);
        Instant start = session.environment().clock().instant();
        T result;
        try (ProgressDisplay _ = display(progress)) {
            result = session.interruption().during(progress, () -> work.apply(progress));
        }
        Duration time = Duration.between(start, session.environment().clock().instant());
        return new Outcome<>(result, progress.problems(), time);
    }

    private ProgressDisplay display(Progress progress) {
        boolean terminal = showProgress && session.environment().terminal().showsProgress();
        return new ProgressDisplay(progress, output, terminal, showProgress);
    }

    private void tell(Problem problem) {
        tell(output, problem.path(), problem.reason());
    }

    /// Tells of one problem.
    static void tell(Output output, byte[] path, String reason) {
        output.warning(FileNames.display(path) + ": " + reason);
        output.json("problem", fields -> fields.addName("path", path).add("reason", reason));
    }
}
