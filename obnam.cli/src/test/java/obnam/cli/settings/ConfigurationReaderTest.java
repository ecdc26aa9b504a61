package obnam.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.engine.Compression;
import obnam.posix.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    private static Configuration read(String text, String... profile) {
        return read(text.getBytes(StandardCharsets.UTF_8), profile);
    }

    private static Configuration read(byte[] content, String... profile) {
        Optional<String> name = profile.length == 0 ? Optional.empty() : Optional.of(profile[0]);
        return ConfigurationReader.read(content, "obnam.yaml", FileNames.of("/home/me"), name);
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(FileNames::display).toList();
    }

    @Test
    void anEmptyFileSaysNothing() {
        assertThat(read("")).isEqualTo(Configuration.EMPTY);
        assertThat(read("# only a comment\n")).isEqualTo(Configuration.EMPTY);
    }

    @Test
    void allSettingsAreRead() {
        Configuration configuration = read("""
                repository: ~/backup
                roots:
                  - ~/
                  - /etc/
                exclude: '*.o'
                exclude-caches: false
                one-file-system: true
                tags: [a, 2026]
                compression: better
                """);

        assertThat(configuration.repository()).contains("/home/me/backup");
        assertThat(texts(configuration.roots())).containsExactly("/home/me", "/etc");
        assertThat(texts(configuration.exclude())).containsExactly("*.o");
        assertThat(configuration.excludeCaches()).contains(false);
        assertThat(configuration.oneFileSystem()).contains(true);
        assertThat(configuration.tags()).containsExactly("a", "2026");
        assertThat(configuration.compression()).contains(Compression.BETTER);
    }

    @Test
    void namesThatAreNotUtf8AreWrittenAsBinary() {
        Configuration configuration = read("roots: [!!binary \"L2NhZuk=\"]\nexclude: [!!binary L/8=]");

        assertThat(texts(configuration.roots())).containsExactly("/caf\\xe9");
        assertThat(texts(configuration.exclude())).containsExactly("/\\xff");
    }

    @Test
    void aProfileTakesThePlaceOfWhatIsAbove() {
        String text = """
                repository: /one
                tags: [all]
                profiles:
                  away:
                    repository: https://example.org/two
                  empty: {}
                """;

        assertThat(read(text).repository()).contains("/one");
        Configuration away = read(text, "away");
        assertThat(away.repository()).contains("https://example.org/two");
        assertThat(away.tags()).containsExactly("all");
        assertThat(read(text, "empty")).isEqualTo(read(text));
        assertThatThrownBy(() -> read(text, "awya"))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no profile of this name in obnam.yaml: awya. Profiles there: away, empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repositry: /x|there is no setting of this name: repositry: obnam.yaml line 1",
                "# c\\ntags: a\\nprofiles:\\n  p:\\n    roots: [/]\\n    rots: [/]|there is no setting of this name: rots: obnam.yaml line 6",
                "tags: a\\ntags: b|this key stands here twice: tags: obnam.yaml line 2",
                "roots: [docs]|a root must be an absolute path: docs: obnam.yaml line 1",
                "roots: {a: b}|a list of values is wanted for roots: obnam.yaml line 1",
                "roots: [[a]]|a list of values is wanted for roots: obnam.yaml line 1",
                "roots: ['']|a list of values is wanted for roots: obnam.yaml line 1",
                "repository:|one value is wanted for repository: obnam.yaml line 1",
                "repository: [a]|one value is wanted for repository: obnam.yaml line 1",
                "tags: a\\nexclude-caches: maybe|exclude-caches is true or false: obnam.yaml line 2",
                "compression: huge|there is no compression of this name: obnam.yaml line 1",
                "just text|this file must hold a map: obnam.yaml line 1",
                "- a|this file must hold a map: obnam.yaml line 1",
                "tags: a\\n---\\ntags: b|this file must hold one document: obnam.yaml line",
                "tags: &x a\\nexclude: *x|aliases are not supported here: obnam.yaml line 2",
                "tags: [a\\nb: c|this is not valid YAML: obnam.yaml line 2",
                "profiles: [a]|a map is wanted here: obnam.yaml line 1",
                "profiles: {p: 1}|a map is wanted here: obnam.yaml line 1",
            })
    void mistakesNameTheLine(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> read("roots: [/caf\u00e9]".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("obnam.yaml line 1");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> read("tags: " + "[".repeat(5000) + "]".repeat(5000)))
                .isInstanceOf(UsageException.class);
    }
}
