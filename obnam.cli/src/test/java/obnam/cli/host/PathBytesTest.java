package obnam.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import obnam.posix.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathBytesTest {

    private static byte[] bytes(String text) {
        return FileNames.of(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/a, b, /a/b",
        "/a, /b, /b",
        "/, b, /b",
        "/a/b, .., /a",
        "/a, ../../.., /",
        "/a, ./b/./../c//, /a/c",
        "/a, ., /a",
        "/, ., /",
        "/a, ..b/...c, /a/..b/...c",
    })
    void pathsBecomeAbsolute(String directory, String path, String absolute) {
        assertThat(PathBytes.absolute(bytes(directory), bytes(path))).asString().isEqualTo(absolute);
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a, b", "/a, /, a", "/, /, ''"})
    void pathsAreTakenApart(String path, String parent, String name) {
        assertThat(PathBytes.parent(bytes(path))).asString().isEqualTo(parent);
        assertThat(PathBytes.name(bytes(path))).asString().isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a, true", "/a, /a, true", "/ab, /a, false", "/a, /a/b, false", "/a, /, true"})
    void isWithinGoesByNames(String path, String directory, boolean within) {
        assertThat(PathBytes.isWithin(bytes(path), bytes(directory))).isEqualTo(within);
    }

    @Test
    void onlyATildeThatStandsAloneIsHome() {
        assertThat(PathBytes.expandHome(bytes("~/x"), bytes("/home/me")))
                .asString()
                .isEqualTo("/home/me/x");
        assertThat(PathBytes.expandHome(bytes("~"), bytes("/home/me")))
                .asString()
                .isEqualTo("/home/me/");
        assertThat(PathBytes.expandHome(bytes("~x"), bytes("/home/me")))
                .asString()
                .isEqualTo("~x");
    }
}
