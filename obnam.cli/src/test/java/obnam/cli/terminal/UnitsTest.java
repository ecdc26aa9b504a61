package obnam.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.000 KiB",
        "10240, 10.00 KiB",
        "1048575, 1.000 MiB",
        "123456789, 117.7 MiB",
        "9223372036854775807, 8.000 EiB",
    })
    void bytesHaveFourDigits(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void durationsAreShortOrClocks() {
        assertThat(Units.duration(Duration.ofMillis(340))).isEqualTo("0.3 s");
        assertThat(Units.duration(Duration.ofSeconds(125))).isEqualTo("2:05");
        assertThat(Units.duration(Duration.ofSeconds(3725))).isEqualTo("1:02:05");
    }

    @Test
    void countsAgreeWithTheirWord() {
        assertThat(Units.count(1, "file")).isEqualTo("1 file");
        assertThat(Units.count(0, "file")).isEqualTo("0 files");
    }

    @Test
    void tablesAreAsWideAsTheirCells() {
        Table table = new Table("A", "Bee");
        table.add("ää", "b");

        assertThat(table.lines()).containsExactly("A   Bee", "ää  b");
    }
}
