package obnam.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Section 2.2 of the format.
final class SizesTest {

    /// By hand: 513 has E = 9, S = 4, so a step of 32; 1,025 has E = 10, S = 4, a step of 64; 65,537 has E = 16,
    /// S = 5, a step of 2,048; 1,000,000 has E = 19, S = 5, a step of 16,384, and 62 of them are 1,015,808.
    @ParameterizedTest
    @CsvSource({
        "0, 512",
        "1, 512",
        "511, 512",
        "512, 512",
        "513, 544",
        "544, 544",
        "545, 576",
        "1023, 1024",
        "1024, 1024",
        "1025, 1088",
        "65535, 65536",
        "65536, 65536",
        "65537, 67584",
        "1000000, 1015808",
        "67108864, 67108864"
    })
    void padmeRoundsUpToFewSignificantBits(int length, int padded) {
        assertThat(Sizes.padded(length)).isEqualTo(padded);
    }

    @Test
    void paddingAddsAtMostTwelvePercentAndIsStable() {
        for (int length = 513; length < 70 << 20; length += 1 + length / 97) {
            int padded = Sizes.padded(length);
            assertThat(padded).isBetween(length, length + length / 8);
            assertThat(Sizes.padded(padded)).isEqualTo(padded);
        }
    }

    @ParameterizedTest
    @CsvSource({"4096, 4096", "15728640, 15728640", "15728641, 15794176", "16777216, 16777216", "16777217, 16842752"})
    void fullPacksAreRoundedToSixtyFourKibibytes(int length, int padded) {
        assertThat(Sizes.paddedPack(length)).isEqualTo(padded);
    }

    @Test
    void smallPacksArePaddedAsOtherObjects() {
        assertThat(Sizes.paddedPack(1_000_000)).isEqualTo(1_015_808);
    }

    @Test
    void lengthsThatOverflowAreAnErrorNotANegativeLength() {
        assertThatThrownBy(() -> Sizes.padded(Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Sizes.roundUp(Integer.MAX_VALUE, 4096)).isInstanceOf(ArithmeticException.class);
    }
}
