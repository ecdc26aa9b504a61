package obnam.engine.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import obnam.api.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionsTest {

    private static Exclusions of(String... patterns) {
        return Exclusions.of(
                Arrays.stream(patterns).map(text -> text.getBytes(UTF_8)).toList());
    }

    private static boolean file(Exclusions exclusions, String path) {
        return exclusions.excludes(path.getBytes(UTF_8), false);
    }

    private static boolean directory(Exclusions exclusions, String path) {
        return exclusions.excludes(path.getBytes(UTF_8), true);
    }

    @ParameterizedTest
    @CsvSource({
        "*.o, /a.o, true",
        "*.o, /home/x/a.o, true",
        "*.o, /home/x.o/a, false",
        "*.o, /.o, true",
        "*.o, /o, false",
        "core, /usr/core, true",
        "core, /usr/cores, false",
        "a?c, /x/abc, true",
        "a?c, /x/ac, false",
        "a?c, /x/aäc, true",
        "a?c, /x/a€c, true",
        "[äö]x, /öx, true",
        "[äö]x, /üx, false",
        "[!a-c], /d, true",
        "[^a-c], /b, false",
        "[]x], /], true",
        "[a-], /-, true",
        "[[:digit:]_]*, /7up, true",
        "[[:digit:]_]*, /_, true",
        "[[:digit:]_]*, /up7, false",
        "\\*, /*, true",
        "\\*, /a, false",
        "\\!x, /!x, true",
        "[\\]], /], true",
        "a*b*c, /axxbxxc, true",
        "a*b*c, /axxcxxb, false",
        "**, /any/thing, true",
        "/tmp, /tmp, true",
        "/tmp, /var/tmp, false",
        "/tmp, /tmp/x, false",
        "tmp/x, /tmp/x, true",
        "tmp/x, /home/tmp/x, false",
        "/home/*/cache, /home/me/cache, true",
        "/home/*/cache, /home/me/x/cache, false",
        "/home/**/cache, /home/me/x/cache, true",
        "/home/**/cache, /home/cache, true",
        "**/a/b, /x/y/a/b, true",
        "**/a/b, /a/b, true",
        "**/a/b, /a/x/b, false",
        "**/a, /x/a, true",
        "/a/**, /a, false",
        "/a/**, /a/b, true",
        "/a/**, /a/b/c, true",
        "/a/**/**/b, /a/b, true",
        "/**, /x, true",
        "/*, /x, true",
        "/*, /x/y, false",
        "/a/**/b/**/c, /a/b/b/x/c, true",
        "/a/**/b/*/c, /a/b/b/x/c, true",
        "/a//b, /a/b, true",
        "x, /, false",
        "/**, /, false",
    })
    void patternsMatchAsInGitignore(String pattern, String path, boolean excluded) {
        assertThat(file(of(pattern), path)).as("%s on %s", pattern, path).isEqualTo(excluded);
    }

    @Test
    void aSlashAtTheEndMeansDirectoriesOnly() {
        Exclusions exclusions = of("build/", "/var/cache/", "**/");

        assertThat(directory(of("build/"), "/src/build")).isTrue();
        assertThat(file(of("build/"), "/src/build")).isFalse();
        assertThat(directory(of("/var/cache/"), "/var/cache")).isTrue();
        assertThat(file(exclusions, "/x")).isFalse();
        assertThat(directory(exclusions, "/x")).isTrue();
    }

    @Test
    void theLastPatternThatMatchesDecides() {
        Exclusions exclusions = of("*.log", "!keep.log", "/var/keep.log");

        assertThat(file(exclusions, "/a.log")).isTrue();
        assertThat(file(exclusions, "/keep.log")).isFalse();
        assertThat(file(exclusions, "/var/keep.log")).isTrue();
    }

    @Test
    void noPatternsExcludeNothing() {
        assertThat(Exclusions.none().isEmpty()).isTrue();
        assertThat(of().isEmpty()).isTrue();
        assertThat(of("a").isEmpty()).isFalse();
        assertThat(file(Exclusions.none(), "/a")).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8CountAsOneCharacterEach() {
        byte[] pattern = "a?\u00ff[\u00fe]".getBytes(ISO_8859_1);
        Exclusions exclusions = Exclusions.of(List.of(pattern));

        assertThat(exclusions.excludes("/a\u0080\u00ff\u00fe".getBytes(ISO_8859_1), false))
                .isTrue();
        assertThat(exclusions.excludes("/a\u0080\u00ff\u00fd".getBytes(ISO_8859_1), false))
                .isFalse();
        assertThat(file(of("*??"), "/€")).as("one character is not two").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "!", "/", "!/", "[", "[]", "[a/b]", "a\\", "a\\/", "./a", "a/../b", ".", "..", "[z-a]", "[[:x:]]"
            })
    void senselessPatternsAreRefused(String pattern) {
        assertThatThrownBy(() -> of(pattern))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("exclude pattern")
                .hasMessageContaining(obnam.posix.FileNames.display(pattern.getBytes(UTF_8)));
    }

    @Test
    void aFileOfPatternsMayHoldCommentsAndEmptyLines() {
        String file = "# comment\n\n*.o  \n\\#x\r\n a\\ \n  \nlast";

        assertThat(Exclusions.patternsIn(file.getBytes(UTF_8)))
                .extracting(pattern -> new String(pattern, UTF_8))
                .containsExactly("*.o", "\\#x", " a\\ ", "last");
    }

    @Test
    void aPathTakenLiterallyMatchesItselfOnly() {
        byte[] path = "/a*/[b]?\\c/!#\u00ff".getBytes(ISO_8859_1);
        Exclusions exclusions = Exclusions.of(List.of(Exclusions.literally(path)));

        assertThat(exclusions.excludes(path, true)).isTrue();
        assertThat(exclusions.excludes("/ax/bx\\c/!#\u00ff".getBytes(ISO_8859_1), true))
                .isFalse();
    }

    @Test
    void manyStarsDoNotMultiplyTheWork() {
        String text = "/" + "a".repeat(20_000) + "/" + "a/".repeat(2_000) + "c";
        Exclusions stars = of("*a".repeat(200) + "b", "/**" + "/a*/**/a".repeat(200) + "/b");

        assertThat(file(stars, text)).isFalse();
        assertThat(file(stars, "/" + "a".repeat(20_000))).isFalse();
    }
}
