package obnam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import obnam.api.StoreException;
import obnam.posix.FileNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home);
    }

    @Test
    void noCommandExplainsAndIsWrongUsage() {
        assertThat(machine.run()).isEqualTo(2);
        assertThat(machine.out()).contains("Usage: obnam", "backup", "restore");
    }

    @Test
    void helpExplainsEachCommand() {
        for (String verb :
                List.of("init", "backup", "snapshots", "ls", "restore", "check", "config", "version", "help")) {
            assertThat(machine.run("help", verb)).isZero();
            assertThat(machine.out()).startsWith("Usage: obnam " + verb).contains("--json");
            String explained = machine.out();
            assertThat(machine.run(verb, "--help")).isZero();
            assertThat(machine.out()).isEqualTo(explained);
        }
        machine.run("help", "backup");
        assertThat(machine.out()).contains("-x, --one-file-system", "--exclude PATTERN");
    }

    @Test
    void versionNamesProgramAndJava() {
        assertThat(machine.run("version")).isZero();
        assertThat(machine.out())
                .startsWith("obnam ")
                .contains("JDK " + Runtime.version().feature());

        assertThat(machine.run("version", "--json")).isZero();
        assertThat(machine.out()).startsWith("{\"message_type\":\"version\",\"version\":");
    }

    @ParameterizedTest
    @CsvSource({
        "bakcup, Did you mean backup?",
        "snapshot, Did you mean snapshots?",
        "frobnicate, Run obnam help for a list",
    })
    void anUnknownCommandSuggestsTheNearest(String verb, String advice) {
        assertThat(machine.run(verb)).isEqualTo(2);
        assertThat(machine.err()).isEqualTo("obnam: there is no command of this name: " + verb + ". " + advice + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version --jsno|there is no option of this name: --jsno. Did you mean --json?",
                "version --quiet=yes|this option takes no value: --quiet. Leave out what follows the =",
                "backup --tag|this option needs a value: --tag. See: obnam help",
                "version x|this argument is one too many: x. See: obnam help",
                "ls latest another|this argument is one too many: another. See: obnam help",
                "backup /x --compression huge|there is no compression of this name: huge. Choose one of off, fast, default, better, best",
            })
    void wrongOptionsGiveOneLine(String line, String message) {
        assertThat(machine.run(line.replace("/x", home.toString()).split(" "))).isEqualTo(2);
        assertThat(machine.err()).isEqualTo("obnam: " + message + "\n");
        assertThat(machine.out()).isEmpty();
    }

    @Test
    void optionsMayStandBeforeTheVerb() {
        assertThat(machine.run("--json", "-r", "/somewhere", "config")).isZero();
        String before = machine.out();
        assertThat(machine.run("config", "--repository=/somewhere", "--json")).isZero();
        assertThat(machine.out()).isEqualTo(before).contains("\"repository\":\"/somewhere\"");
    }

    @Test
    void errorsAreJsonLinesToo() {
        assertThat(machine.run("snapshots", "--json", "-r", "/nowhere")).isEqualTo(10);
        assertThat(machine.out())
                .isEqualTo("{\"message_type\":\"error\",\"exit_code\":10,\"kind\":\"no_repository\","
                        + "\"what\":\"there is no repository\",\"subject\":\"/nowhere\","
                        + "\"advice\":\"Check the place, or make one: obnam init -r /nowhere\"}\n");
        assertThat(machine.err()).startsWith("obnam: there is no repository: /nowhere. Check");
    }

    @Test
    void theExitCodeIsThatOfTheError() {
        machine.variable("OBNAM_PASSPHRASE", "secret").run("init");
        machine.engine.failure = Optional.of(StoreException.lasting("no space", "/store", "Make room"));

        assertThat(machine.run("backup", home.toString())).isEqualTo(13);
        assertThat(machine.err()).endsWith("obnam: no space: /store. Make room\n");
    }

    @Test
    void anUnexpectedErrorIsOneLineUnlessDebugging() {
        machine.variable("OBNAM_PASSPHRASE", "secret").run("init");
        machine.engine.failure = Optional.of(new IllegalStateException("with secret in it"));

        assertThat(machine.run("backup", home.toString())).isEqualTo(1);
        assertThat(machine.err())
                .isEqualTo(
                        "obnam: internal error (IllegalStateException). Please report it, with what --debug shows\n");

        assertThat(machine.run("backup", "--debug", home.toString())).isEqualTo(1);
        assertThat(machine.err()).contains("at obnam.cli");
    }

    @Test
    void namesInErrorsCannotSteerTheTerminal() {
        byte[] name = FileNames.of("\u001b[31m\u202e\n");

        assertThat(machine.runBytes(List.of(name))).isEqualTo(2);
        assertThat(machine.err()).contains("\\x1b[31m\\u{202e}\\n").doesNotContain("\u001b");
    }
}
