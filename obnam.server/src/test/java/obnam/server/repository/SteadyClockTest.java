package obnam.server.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyClockTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private Instant machine = START;
    private long nanos;

    private SteadyClock open(boolean accept) {
        return SteadyClock.open(folder.resolve("clock"), () -> machine, () -> nanos, accept);
    }

    @Test
    void itAdvancesWithTimeThatPassesAndNotWithTheMachinesClock() {
        SteadyClock clock = open(false);
        assertThat(clock.instant()).isEqualTo(START);
        machine = START.plus(Duration.ofDays(1000));
        assertThat(clock.instant()).isEqualTo(START);
        machine = START.minus(Duration.ofDays(1000));
        nanos += Duration.ofHours(2).toNanos();
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(2)));
    }

    @Test
    void aMachineWhoseClockWasSetBackDoesNotSetItBack() {
        open(false);
        machine = START.minus(Duration.ofDays(1000));
        assertThat(open(false).instant()).isEqualTo(START);
    }

    @Test
    void aMachineWhoseClockWasSetForwardGainsADayAtMost() {
        open(false);
        machine = START.plus(Duration.ofDays(1000));
        SteadyClock clock = open(false);
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(clock.behind()).isEqualTo(Duration.ofDays(999));
    }

    @Test
    void theOperatorMayTakeOverTheMachinesTime() {
        open(false);
        machine = START.plus(Duration.ofDays(1000));
        assertThat(open(true).instant()).isEqualTo(machine);
        machine = START;
        assertThat(open(true).instant()).isEqualTo(START.plus(Duration.ofDays(1000)));
    }

    @Test
    void theHighestTimeIsKeptEveryMinute() throws Exception {
        SteadyClock clock = open(false);
        nanos += Duration.ofSeconds(61).toNanos();
        Instant seen = clock.instant();
        assertThat(Files.readString(folder.resolve("clock"))).isEqualTo(seen.toString());
        machine = START.minus(Duration.ofDays(10));
        assertThat(open(false).instant()).isEqualTo(seen);
    }
}
