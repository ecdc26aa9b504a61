package obnam.server.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import obnam.api.LocalException;
import obnam.api.UsageException;

/// A clock for retention: it never goes back, and nobody can make locks expire by setting the machine's clock.
///
/// It keeps the highest time it has shown in a file. While the server runs it advances with a clock that
/// cannot be set ([System#nanoTime]). At a start it takes over the machine's time only if that is ahead by at
/// most a day; if it is further ahead (the server was off for long, or the clock was set), it advances by
/// that day only, and objects stay locked for longer, until the operator says with `serve --accept-clock`
/// that the machine's time is right.
///
/// Thread-safe.
public final class SteadyClock implements InstantSource {

    /// The greatest step forward at a start.
    public static final Duration LONGEST_STEP = Duration.ofDays(1);

    private static final Duration KEPT_EVERY = Duration.ofMinutes(1);

    private final Path file;
    private final LongSupplier nanoTime;
    private final Instant begun;
    private final long begunNanos;
    private final Duration behind;
    private Instant kept = Instant.MIN;

    private SteadyClock(Path file, LongSupplier nanoTime, Instant begun, Duration behind) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.begun = begun;
        this.begunNanos = nanoTime.getAsLong();
        this.behind = behind;
    }

    /// @param file where the highest time seen is kept
    /// @param machine the machine's clock
    /// @param nanoTime a clock that cannot be set, in nanoseconds
    /// @param accept whether to take over the machine's time however far it is ahead
    public static SteadyClock open(Path file, InstantSource machine, LongSupplier nanoTime, boolean accept) {
        Instant now = machine.instant();
        Instant highest = read(file, now);
        Instant bound = accept ? now : highest.plus(LONGEST_STEP);
        Instant begun = now.isBefore(bound) ? now : bound;
        if (begun.isBefore(highest)) {
            begun = highest;
        }
        SteadyClock clock = new SteadyClock(file, nanoTime, begun, Duration.between(begun, now));
        clock.keep();
        return clock;
    }

    private static Instant read(Path file, Instant ifNone) {
        try {
            return Files.exists(file)
                    ? Instant.parse(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())
                    : ifNone;
        } catch (IOException | DateTimeParseException e) {
            throw new UsageException(
                    "the file with the highest time seen makes no sense",
                    file.toString(),
                    "Write the time of now into it, such as 2026-11-23T12:00:00Z, or remove it",
                    e);
        }
    }

    @Override
    public Instant instant() {
        Instant now = begun.plusNanos(nanoTime.getAsLong() - begunNanos);
        synchronized (this) {
            if (now.isAfter(kept.plus(KEPT_EVERY))) {
                keep(now);
            }
        }
        return now;
    }

    /// By how much the machine's clock was ahead of this one at the start; negative if it was behind.
    public Duration behind() {
        return behind;
    }

    /// Writes the time down now.
    public synchronized void keep() {
        keep(begun.plusNanos(nanoTime.getAsLong() - begunNanos));
    }

    private void keep(Instant now) {
        try {
            StateFiles.replace(file, now.toString().getBytes(StandardCharsets.US_ASCII));
            kept = now;
        } catch (IOException e) {
            throw new LocalException("the time cannot be kept", file.toString(), "Check the disk and its rights", e);
        }
    }
}
