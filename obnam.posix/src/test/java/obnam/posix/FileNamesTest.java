package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    private static String displayed(String raw) {
        return FileNames.display(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void validTextIsShownAsItIs() {
        assertThat(FileNames.display(FileNames.of("Übung 1 (日本語) 😀.txt"))).isEqualTo("Übung 1 (日本語) 😀.txt");
    }

    @Test
    void controlCharactersAndBackslashesAreEscaped() {
        assertThat(displayed("a\nb\rc\td\\e\u001b[2J\u007f")).isEqualTo("a\\nb\\rc\\td\\\\e\\x1b[2J\\x7f");
    }

    @Test
    void invalidBytesAreEscapedOneByOne() {
        assertThat(displayed("\u00ff\u00c3(\u00e2\u0082")).isEqualTo("\\xff\\xc3(\\xe2\\x82");
        assertThat(displayed("\u00c0\u00af")).as("overlong").isEqualTo("\\xc0\\xaf");
        assertThat(displayed("\u00ed\u00a0\u0080")).as("surrogate").isEqualTo("\\xed\\xa0\\x80");
        assertThat(displayed("\u00f4\u0090\u0080\u0080")).as("beyond Unicode").isEqualTo("\\xf4\\x90\\x80\\x80");
    }

    @Test
    void invisibleAndReversingCharactersAreEscaped() {
        String name = "a" + Character.toString(0x202e) + "b" + Character.toString(0x200b) + Character.toString(0x85);

        assertThat(FileNames.display(FileNames.of(name))).isEqualTo("a\\u{202e}b\\u{200b}\\u{85}");
    }

    @Test
    void differentSingleBytesLookDifferent() {
        for (int one = 0; one < 256; one++) {
            for (int other = one + 1; other < 256; other++) {
                String first = FileNames.display(new byte[] {(byte) one});
                assertThat(first).isNotEqualTo(FileNames.display(new byte[] {(byte) other}));
            }
        }
    }

    @Test
    void namesAreComparedAsUnsignedBytes() {
        assertThat(FileNames.compare(new byte[] {0x7f}, new byte[] {(byte) 0x80}))
                .isNegative();
        assertThat(FileNames.compare(FileNames.of("a"), FileNames.of("a!"))).isNegative();
        assertThat(FileNames.compare(FileNames.of("same"), FileNames.of("same")))
                .isZero();
    }
}
