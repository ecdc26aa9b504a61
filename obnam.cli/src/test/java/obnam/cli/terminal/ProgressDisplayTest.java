package obnam.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import obnam.engine.Progress;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private final Progress progress = new Progress(problem -> {});

    @Test
    void aRunOfUnknownLengthShowsCountsAndRate() {
        progress.files.add(1);
        progress.bytes.add(3 << 20);
        progress.bytesMoved.add(2 << 20);

        assertThat(ProgressDisplay.line(Duration.ofSeconds(2), progress))
                .isEqualTo("0:02  1 file  3.000 MiB  1.000 MiB/s");
    }

    @Test
    void aRunOfKnownLengthShowsPercentAndRemainingTime() {
        progress.files.add(10);
        progress.bytes.add(25 << 20);
        progress.bytesFound.add(100 << 20);
        progress.foundAll();
        progress.problem(new byte[] {'/'}, "x");

        assertThat(ProgressDisplay.line(Duration.ofSeconds(60), progress))
                .isEqualTo("1:00  25%  10 files  25.00 MiB  0 B/s  3:00 left  1 problem");
    }

    @Test
    void aFinishedRunIsAtHundredPercentAndNeverAbove() {
        progress.bytes.add(101);
        progress.bytesFound.add(100);
        progress.foundAll();

        assertThat(ProgressDisplay.line(Duration.ZERO, progress))
                .contains("100%")
                .doesNotContain("left");
    }

    @Test
    void whereNothingIsToBeShownNothingIsWritten() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Output output = new Output(new ByteArrayOutputStream(), err, Output.Mode.PLAIN);

        new ProgressDisplay(progress, output, false, true).close();
        assertThat(err.size()).isZero();
    }
}
