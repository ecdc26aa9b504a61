package obnam.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import obnam.engine.Progress;

/// Shows how far a run has come: a line on the terminal that is rewritten ten times a second, or a JSON line every
/// second. Ends when it is closed, and leaves nothing behind on the terminal.
public final class ProgressDisplay implements AutoCloseable {

    private static final long TERMINAL_PERIOD_MS = 100;
    private static final long JSON_PERIOD_MS = 1000;

    private final Progress progress;
    private final Output output;
    private final LongSupplier nanoClock;
    private final long start;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// Begins to show.
    ///
    /// @param terminal whether to rewrite a line on the terminal
    /// @param json whether to write status lines, if the output is JSON
    public ProgressDisplay(Progress progress, Output output, boolean terminal, boolean json) {
        this(progress, output, terminal, json, System::nanoTime);
    }

    ProgressDisplay(Progress progress, Output output, boolean terminal, boolean json, LongSupplier nanoClock) {
        this.progress = progress;
        this.output = output;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        boolean statusLines = output.mode().json();
        this.thread = Thread.ofPlatform().name("progress").daemon().unstarted(() -> run(statusLines));
        if (statusLines ? json : terminal) {
            thread.start();
        }
    }

    private void run(boolean json) {
        try {
            while (!closed.await(json ? JSON_PERIOD_MS : TERMINAL_PERIOD_MS, TimeUnit.MILLISECONDS)) {
                if (json) {
                    writeStatus();
                } else {
                    output.progress(line(elapsed(), progress));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException _) {
            // Whoever does the work meets the same trouble with the output and reports it.
        }
    }

    private void writeStatus() {
        output.json("status", fields -> {
            fields.add("seconds_elapsed", elapsed().toSeconds())
                    .add("entries", progress.entries.sum())
                    .add("files_done", progress.files.sum())
                    .add("bytes_done", progress.bytes.sum())
                    .add("bytes_moved", progress.bytesMoved.sum())
                    .add("bytes_stored", progress.bytesStored.sum())
                    .add("problems", progress.problems());
            if (progress.complete()) {
                fields.add("total_files", progress.filesFound.sum()).add("total_bytes", progress.bytesFound.sum());
            }
        });
        output.flush();
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoClock.getAsLong() - start);
    }

    /// The line for a terminal, shorter than 80 columns.
    static String line(Duration elapsed, Progress progress) {
        long bytes = progress.bytes.sum();
        long total = progress.bytesFound.sum();
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        StringBuilder line = new StringBuilder(Units.clock(elapsed.toSeconds()));
        if (progress.complete() && total > 0) {
            line.append("  ")
                    .append((long) Math.min(100, bytes * 100.0 / total))
                    .append('%');
        }
        line.append("  ").append(Units.count(progress.files.sum(), "file"));
        line.append("  ").append(Units.bytes(bytes));
        line.append("  ")
                .append(Units.bytes((long) (progress.bytesMoved.sum() / seconds)))
                .append("/s");
        if (progress.complete() && bytes > 0 && bytes < total) {
            long left = (long) ((total - bytes) * (seconds / bytes));
            line.append("  ").append(Units.clock(left)).append(" left");
        }
        if (progress.problems() > 0) {
            line.append("  ").append(Units.count(progress.problems(), "problem"));
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        output.clearLine();
    }
}
