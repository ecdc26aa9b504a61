package obnam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants passphrase and keys, makes everything go wrong that can, and looks for them in all that is printed.
class SecrecyTest {

    private static final String PASSPHRASE = "correct-horse-pässword";

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home);
    }

    private void run(String... arguments) {
        machine.run(arguments);
        seen.add(machine.all());
    }

    @Test
    void noOutputHoldsPassphraseOrKeys() throws IOException {
        machine.variable("OBNAM_PASSPHRASE", PASSPHRASE);
        Path secrets = home.resolve(".config/obnam/secrets.yaml");
        run("init", "-v", "--debug");
        run("init", "--json");
        run("config", "--json");
        run("config", "-v");
        run("backup", "--debug", home.toString());
        machine.engine.failure = Optional.of(new IllegalStateException("unexpected"));
        run("backup", "--debug", home.toString());
        run("snapshots", "-r", "/elsewhere", "--debug");
        breakSecrets(secrets, "encryption: \"", "encryption: \"!");
        run("snapshots", "--debug");
        breakSecrets(secrets, "encryption: \"!", "encryption: [\"");
        run("snapshots", "--debug");
        breakSecrets(secrets, "encryption: [\"", "mac: \"");
        run("snapshots", "--debug");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r--r--"));
        run("snapshots", "--debug", "--json");
        machine.variables.clear();
        machine.type(PASSPHRASE, PASSPHRASE + "x");
        run("init", "-r", "/other", "--debug");

        assertThat(seen).hasSize(12).allSatisfy(SecrecyTest::assertNoSecrets);
        assertThat(seen.get(7)).contains("makes no sense");
    }

    private static void breakSecrets(Path secrets, String from, String to) throws IOException {
        String text = Files.readString(secrets);
        assertThat(text).contains(from);
        Files.delete(secrets);
        Files.writeString(secrets, text.replace(from, to));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("r--------"));
    }

    private static void assertNoSecrets(String output) {
        for (byte[] secret :
                List.of(PASSPHRASE.getBytes(StandardCharsets.UTF_8), FakeEngine.ENCRYPTION, FakeEngine.MAC)) {
            String raw = new String(secret, StandardCharsets.UTF_8);
            assertThat(output)
                    .doesNotContain(raw)
                    .doesNotContain(raw.substring(3, 15))
                    .doesNotContain(HexFormat.of().formatHex(secret))
                    .doesNotContain(Base64.getEncoder().encodeToString(secret).substring(0, 12));
        }
    }
}
