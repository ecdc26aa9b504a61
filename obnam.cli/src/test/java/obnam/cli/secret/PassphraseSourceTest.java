package obnam.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.FakeMachine;
import obnam.posix.FileNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseSourceTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home);
    }

    private PassphraseSource source(String file, String command) {
        return new PassphraseSource(machine.environment(), option(file), option(command), warnings::add);
    }

    private static Optional<byte[]> option(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(FileNames.of(value));
    }

    private String existing(String file, String command) {
        try (Passphrase passphrase = source(file, command).existing("here")) {
            return new String(passphrase.bytes(), StandardCharsets.UTF_8);
        }
    }

    private void file(String name, String content, String mode) throws IOException {
        Files.writeString(home.resolve(name), content);
        Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString(mode));
    }

    @Test
    void theFirstLineOfAFileIsTaken() throws IOException {
        file("p", "sécret \r\nsecond", "rw-------");

        assertThat(existing("p", "")).isEqualTo("sécret ");
        assertThat(warnings).isEmpty();
        machine.variable("OBNAM_PASSPHRASE_FILE", home.resolve("p").toString());
        assertThat(existing("", "")).isEqualTo("sécret ");
    }

    @Test
    void aFileThatOthersCanReadIsWarnedOf() throws IOException {
        file("p", "secret", "rw-r--r--");

        assertThat(existing("p", "")).isEqualTo("secret");
        assertThat(warnings).singleElement().asString().contains("others can read", "chmod 600");
    }

    @Test
    void aCommandPrintsIt() {
        assertThat(existing("", "printf 'a b\\nc'")).isEqualTo("a b");
        machine.variable("OBNAM_PASSPHRASE_COMMAND", "echo x");
        assertThat(existing("", "")).isEqualTo("x");
    }

    @Test
    void aCommandThatFailsIsNamed() {
        assertThatThrownBy(() -> existing("", "echo half; exit 3"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("the passphrase command failed with exit code 3: echo half; exit 3");
    }

    @Test
    void optionsGoBeforeVariables() throws IOException {
        file("p", "from file", "rw-------");
        machine.variable("OBNAM_PASSPHRASE", "from variable");

        assertThat(existing("p", "")).isEqualTo("from file");
        assertThat(existing("", "echo from command")).isEqualTo("from command");
        assertThat(existing("", "")).isEqualTo("from variable");
        machine.variable("OBNAM_PASSPHRASE_FILE", home.resolve("p").toString());
        assertThat(existing("", "echo from command")).isEqualTo("from command");
        assertThatThrownBy(() -> source("p", "echo x")).isInstanceOf(UsageException.class);
    }

    @Test
    void anEmptyPassphraseIsRefused() throws IOException {
        file("p", "\nsecond", "rw-------");
        machine.variable("OBNAM_PASSPHRASE", "");

        assertThatThrownBy(() -> existing("p", "")).hasMessageContaining("the passphrase is empty");
        assertThatThrownBy(() -> existing("", "true")).hasMessageContaining("the passphrase is empty");
        assertThatThrownBy(() -> existing("", "")).hasMessageContaining("the passphrase is empty: OBNAM_PASSPHRASE");
        machine.variables.clear();
        machine.type("");
        assertThatThrownBy(() -> existing("", "")).hasMessageContaining("the passphrase is empty");
    }

    @Test
    void theTerminalIsAskedLast() {
        machine.type("typed ü");

        assertThat(existing("", "")).isEqualTo("typed ü");
        assertThatThrownBy(() -> existing("", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no terminal");
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        machine.type("one", "one", "one", "two");

        try (Passphrase passphrase = source("", "").forNew("here")) {
            assertThat(passphrase.bytes()).asString().isEqualTo("one");
        }
        assertThatThrownBy(() -> source("", "").forNew("here")).hasMessageContaining("the two passphrases differ");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> existing("none", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(home + "/none");
    }

    @Test
    void aPassphraseIsErasedAndNeverShown() {
        Passphrase passphrase = new Passphrase(FileNames.of("secret"));

        assertThat(passphrase).hasToString("passphrase");
        passphrase.close();
        assertThat(passphrase.bytes()).containsOnly(0);
    }
}
