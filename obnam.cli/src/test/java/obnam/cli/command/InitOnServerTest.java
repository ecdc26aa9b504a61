package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import obnam.cli.FakeMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitOnServerTest {

    private static final String SERVER = "https://backup.example.org:8443/laptop";
    private static final String CERTIFICATE = "ab".repeat(32);

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

    private Map<String, String> shown() {
        return machine.engine.shown.values();
    }

    @Test
    void theTokenIsAskedForAndKept() throws IOException {
        machine.type("the token", "secret", "secret");
        assertThat(machine.run("init", "-r", SERVER)).isZero();
        assertThat(shown()).isEqualTo(Map.of("token", "the token"));

        assertThat(machine.run("snapshots", "-r", SERVER)).isZero();
        assertThat(shown()).isEqualTo(Map.of("token", "the token"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets())))
                .isEqualTo("r--------");
        assertThat(machine.out() + machine.err()).doesNotContain("the token");
    }

    @Test
    void aServerOfWhichNothingIsKeptIsShownNothing() {
        machine.type("the token", "secret", "secret").run("init", "-r", SERVER);
        machine.run("snapshots", "-r", SERVER + "-other");
        assertThat(shown()).isEmpty();
    }

    @Test
    void theTokenMayComeFromAFileOrTheEnvironment() throws IOException {
        Path file = home.resolve("token");
        Files.writeString(file, "from the file\n");
        machine.variable("OBNAM_PASSPHRASE", "secret").variable("OBNAM_TOKEN", "from the environment");

        assertThat(machine.run("init", "-r", SERVER)).isZero();
        assertThat(shown()).isEqualTo(Map.of("token", "from the environment"));
        assertThat(machine.run("init", "-r", SERVER, "--token-file", file.toString()))
                .isZero();
        assertThat(shown()).isEqualTo(Map.of("token", "from the file"));
    }

    @Test
    void anotherTokenTakesThePlaceOfTheOneThatWasKept() throws IOException {
        machine.variable("OBNAM_PASSPHRASE", "secret").variable("OBNAM_TOKEN", "old");
        machine.run("init", "-r", SERVER + "-2");
        machine.run("init", "-r", SERVER);
        String before = Files.readString(secrets());
        machine.variable("OBNAM_TOKEN", "new \\ \" \u00e9");
        assertThat(machine.run("init", "-r", SERVER)).isZero();
        machine.variable("OBNAM_TOKEN", "");

        machine.run("snapshots", "-r", SERVER);
        assertThat(shown()).isEqualTo(Map.of("token", "new \\ \" \u00e9"));
        machine.run("snapshots", "-r", SERVER + "-2");
        assertThat(shown()).isEqualTo(Map.of("token", "old"));
        assertThat(Files.readString(secrets()).lines().count())
                .isEqualTo(before.lines().count());
    }

    @Test
    void aCertificateIsPinnedIfTheUserSaysThatItIsTheRightOne() throws IOException {
        machine.engine.certificate = Optional.of(CERTIFICATE);
        machine.type("the token", "yes", "secret", "secret");
        assertThat(machine.run("init", "-r", SERVER)).isZero();
        assertThat(machine.err()).contains(CERTIFICATE);

        assertThat(machine.run("snapshots", "-r", SERVER)).isZero();
        assertThat(shown()).isEqualTo(Map.of("token", "the token", "pin", CERTIFICATE));

        machine.engine.certificate = Optional.of("cd".repeat(32));
        assertThat(machine.run("snapshots", "-r", SERVER)).isEqualTo(13);
    }

    @Test
    void aCertificateThatTheUserDoesNotKnowIsRefused() {
        machine.engine.certificate = Optional.of(CERTIFICATE);
        machine.type("the token", "no");
        assertThat(machine.run("init", "-r", SERVER)).isEqualTo(13);
        assertThat(machine.engine.repositories).isEmpty();
        assertThat(secrets()).doesNotExist();
    }

    @Test
    void aPinGivenAsAnOptionIsNotAskedAbout() {
        machine.engine.certificate = Optional.of(CERTIFICATE);
        machine.variable("OBNAM_PASSPHRASE", "secret").variable("OBNAM_TOKEN", "t");
        assertThat(machine.run("init", "-r", SERVER, "--pin", CERTIFICATE)).isZero();
        assertThat(machine.run("init", "-r", SERVER, "--pin", "cd".repeat(32))).isEqualTo(13);
    }

    @Test
    void aLocalRepositoryAsksForNoToken() {
        machine.type("secret", "secret");
        assertThat(machine.run("init", "-r", "/backup")).isZero();
        assertThat(shown()).isEmpty();
    }
}
