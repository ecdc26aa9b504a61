package obnam.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import obnam.api.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {

    @ParameterizedTest
    @CsvSource({"256M, 256", "300MiB, 300", "1G, 1024", "2GiB, 2048", "99999G, 102398976"})
    void sizesAreBinary(String text, long mebibytes) {
        assertThat(MemoryLimit.parse(text).bytes()).isEqualTo(mebibytes << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "300", "M", "-1G", "0300M", "1.5G", "300m", "300MB", "123456M", "300M ", "1G\n"})
    void whatIsNoSizeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> MemoryLimit.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("such as 300M or 1G");
    }

    @Test
    void theLeastIs256MiB() {
        assertThatThrownBy(() -> MemoryLimit.parse("255M"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("The least is 256M");
    }

    @Test
    void withoutOneNothingIsLimited() {
        assertThat(MemoryLimit.of(Optional.empty()).bytes()).isEqualTo(Long.MAX_VALUE);
    }
}
