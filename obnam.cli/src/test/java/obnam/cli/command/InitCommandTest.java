package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import obnam.cli.FakeEngine.FakeRepository;
import obnam.cli.FakeMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home);
    }

    private Path secrets() {
        return home.resolve(".config/obnam/secrets.yaml");
    }

    @Test
    void makesARepositoryAndASecretsFileThatOnlyTheUserCanRead() throws IOException {
        machine.type("secret", "secret");

        assertThat(machine.run("init", "-r", "/backup")).isZero();

        FakeRepository made = machine.engine.repositories.get("file:/backup");
        assertThat(made.passphrase()).asString().isEqualTo("secret");
        assertThat(machine.out()).contains("made repository 01000000 in /backup", "do not lose it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets())))
                .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(secrets().getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(secrets())).contains(made.id().hex());
    }

    @Test
    void takesUpAnExistingRepositoryWithItsPassphrase() {
        machine.type("secret", "secret").run("init", "-r", "/backup");
        FakeMachine other = new FakeMachine(home.resolve("other"));
        other.engine.repositories.putAll(machine.engine.repositories);

        assertThat(other.type("wrong").run("init", "-r", "/backup")).isEqualTo(12);
        assertThat(home.resolve("other/.config/obnam/secrets.yaml")).doesNotExist();
        assertThat(other.type("secret").run("init", "-r", "/backup")).isZero();
        assertThat(other.out()).contains("the keys of repository 01000000 are now in");
        assertThat(other.engine.repositories).isEqualTo(machine.engine.repositories);
        assertThat(other.run("snapshots", "-r", "/backup")).isZero();
    }

    @Test
    void asksNothingIfTheKeysAreHereAlready() throws IOException {
        machine.type("secret", "secret").run("init", "-r", "/backup");
        String before = Files.readString(secrets());

        assertThat(machine.run("init", "-r", "/backup")).isZero();
        assertThat(machine.out()).contains("nothing to do");
        assertThat(Files.readString(secrets())).isEqualTo(before);
    }

    @Test
    void passphrasesThatDifferMakeNothing() {
        assertThat(machine.type("one", "two").run("init", "-r", "/backup")).isEqualTo(2);
        assertThat(machine.err()).contains("the two passphrases differ");
        assertThat(machine.engine.repositories).isEmpty();
        assertThat(secrets()).doesNotExist();
    }

    @Test
    void aSecretsFileThatOthersCanReadIsRefusedBeforeAnythingIsMade() throws IOException {
        Files.createDirectories(secrets().getParent());
        Files.writeString(secrets(), "");
        Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(machine.type("secret", "secret").run("init", "-r", "/backup"))
                .isEqualTo(2);
        assertThat(machine.err())
                .startsWith("obnam: others can read or change the secrets file: " + secrets())
                .contains("chmod 400");
        assertThat(machine.engine.repositories).isEmpty();
    }

    @Test
    void aDryRunMakesNothing() {
        assertThat(machine.run("init", "-n", "-r", "/backup")).isZero();
        assertThat(machine.engine.repositories).isEmpty();
        assertThat(secrets()).doesNotExist();
    }

    @Test
    void theKeyDerivationCanBeChosen() {
        machine.variable("OBNAM_PASSPHRASE", "secret");

        assertThat(machine.run("init", "-r", "/b", "--kdf", "x", "--kdf-parameter", "iterations=4"))
                .isZero();
        FakeRepository made = machine.engine.repositories.get("file:/b");
        assertThat(made.keyDeriver()).isEqualTo("x");
        assertThat(made.parameters()).isEqualTo(Map.of("iterations", 4L));

        assertThat(machine.run("init", "-r", "/c", "--kdf-parameter", "iterations"))
                .isEqualTo(2);
        assertThat(machine.run("init", "-r", "/c", "--kdf-parameter", "=4")).isEqualTo(2);
        assertThat(machine.run("init", "-r", "/b", "--kdf", "x")).isEqualTo(2);
        assertThat(machine.err()).contains("there is a repository already: /b");
    }
}
