package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import obnam.posix.FileNames;
import org.junit.jupiter.api.Test;

class OptionParserTest {

    private static List<RawText> texts(String... arguments) {
        return java.util.Arrays.stream(arguments)
                .map(text -> new RawText(text.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }

    @Test
    void valuesAndOperandsKeepTheirBytes() {
        BackupCommand command = new BackupCommand();
        new OptionParser(command)
                .parse(texts("\u00ff\u00fe", "--config=\u00e9=x", "-r", "-\u00ff", "@file", "-", "--", "-x"));

        assertThat(command.operands()).isEqualTo(texts("\u00ff\u00fe", "@file", "-", "-x"));
        assertThat(command.config().orElseThrow())
                .isEqualTo(texts("\u00e9=x").getFirst().bytes());
        assertThat(command.repository().orElseThrow())
                .isEqualTo(texts("-\u00ff").getFirst().bytes());
    }

    @Test
    void theVerbIsFoundBehindTheValuesOfGlobalOptions() {
        TreeSet<String> withValue = new TreeSet<>();
        new OptionParser(new VersionCommand())
                .options().stream()
                        .filter(option -> !option.value().isEmpty())
                        .forEach(option -> withValue.addAll(option.names()));
        assertThat(withValue).isEqualTo(new TreeSet<>(CommandLine.WITH_VALUE));

        CommandLine line = CommandLine.of(texts("-r", "backup", "--json", "ls", "backup"));
        assertThat(line.verb()).contains(Verb.LS);
        assertThat(line.rest()).isEqualTo(texts("-r", "backup", "--json", "backup"));
        assertThat(CommandLine.of(texts("--json")).verb()).isEmpty();
    }

    @Test
    void allOptionsAreDescribedOnOneLine() {
        for (Verb verb : Verb.values()) {
            for (OptionParser.Description option : new OptionParser(verb.command()).options()) {
                assertThat(option.description())
                        .as("%s %s", verb, option.names())
                        .isNotBlank()
                        .hasSizeLessThan(60);
            }
        }
    }

    @Test
    void theNearestWordIsSuggested() {
        assertThat(Nearest.to("bakcup", List.of("backup", "ls"))).contains("backup");
        assertThat(Nearest.to("x", List.of("backup", "snapshots"))).isEmpty();
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(new RawText(FileNames.of("a\n"))).hasToString("a\\n");
    }
}
