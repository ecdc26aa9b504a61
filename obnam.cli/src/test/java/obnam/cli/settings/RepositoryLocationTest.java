package obnam.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import obnam.api.UsageException;
import obnam.posix.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryLocationTest {

    private static RepositoryLocation parse(String text) {
        return RepositoryLocation.parse(FileNames.of(text), FileNames.of("/base"));
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/b, file, /srv/b, /srv/b",
        "b/c, file, /base/b/c, /base/b/c",
        "./a:b, file, /base/a:b, /base/a:b",
        "file:b, file, /base/b, /base/b",
        "file:///srv/b/, file, /srv/b, /srv/b",
        "https://host/b, https, //host/b, https://host/b",
        "https://user:word@host/b, https, //user:word@host/b, https://user:***@host/b",
        "s3:host/bucket, s3, host/bucket, s3:host/bucket",
        "C:/x, file, /base/C:/x, /base/C:/x",
    })
    void pathsAndSchemesAreToldApart(String text, String scheme, String rest, String shown) {
        RepositoryLocation location = parse(text);

        assertThat(location).isEqualTo(new RepositoryLocation(scheme, rest));
        assertThat(location).hasToString(shown);
        assertThat(location.path().isPresent()).isEqualTo(scheme.equals("file"));
    }

    @Test
    void senselessLocationsAreRefused() {
        assertThatThrownBy(() -> parse("")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> parse("file:")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() ->
                        RepositoryLocation.parse("/\u00ff".getBytes(StandardCharsets.ISO_8859_1), FileNames.of("/")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("/\\xff");
    }
}
