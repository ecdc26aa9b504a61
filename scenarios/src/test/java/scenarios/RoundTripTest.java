package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job, on a small tree.
class RoundTripTest {

    private static final long SEED = 20_261_123;

    @TempDir
    private Path folder;

    private User program = new User(Path.of("/"));
    private Path live = Path.of("/");
    private Path repository = Path.of("/");

    @BeforeEach
    void makeLiveData() throws Exception {
        program = new User(Files.createDirectory(folder.resolve("home")));
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        live = Files.createDirectories(program.home.resolve("live"));
        repository = folder.resolve("repository");
        byte[] data = new byte[3_000_000];
        new Random(SEED).nextBytes(data);
        Files.write(live.resolve("data"), data);
        Files.createDirectory(live.resolve("sub"));
        Files.writeString(live.resolve("sub/text"), "hello\n");
        Files.createSymbolicLink(live.resolve("link"), Path.of("sub/text"));
        Files.createLink(live.resolve("second name"), live.resolve("data"));
    }

    private User.Ended run(String... arguments) throws Exception {
        User.Ended ended = program.run(arguments);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    private void assertSame(Path one, Path other) throws Exception {
        User.Ended compared = program.run(List.of("diff", "-r", "--no-dereference", one.toString(), other.toString()));
        assertThat(compared.code()).as(compared.toString()).isZero();
    }

    @Test
    void theEmbeddedDefaultNeedsNothingButAPassphrase() throws Exception {
        User.Ended first = run("backup", program.home.toString());

        assertThat(first.errors())
                .contains(program.home + "/.local/share/obnam/repository")
                .hasLineCount(3);
        assertThat(first.output()).containsPattern("snapshot [0-9a-f]{8} saved");
        User.Ended second = run("backup", program.home.toString());
        assertThat(second.errors()).isEmpty();
        run(
                "restore",
                "latest:" + program.home,
                "--target",
                folder.resolve("out").toString());
        assertSame(live, folder.resolve("out/live"));
        assertThat(folder.resolve("out/.local/share/obnam/repository")).doesNotExist();
        assertThat(folder.resolve("out/.config/obnam/secrets.yaml")).exists();
    }

    @Test
    void aConfiguredBackupIsRestoredAndChecked() throws Exception {
        Path config =
                Files.createDirectories(program.home.resolve(".config/obnam")).resolve("obnam.yaml");
        Files.writeString(config, "repository: " + repository + "\nroots: [~/live]\nexclude: ['*.tmp']\n");
        Files.writeString(live.resolve("x.tmp"), "left out");
        run("init", "--kdf", "pbkdf2-hmac-sha-512");
        program.environment.remove("OBNAM_PASSPHRASE");

        assertThat(run("backup", "--tag", "first").errors()).isEmpty();
        assertThat(run("backup").output()).contains("nothing new to store");
        assertThat(run("snapshots").output()).contains("first", live.toString(), "2 snapshots");
        assertThat(run("ls", "latest:" + live).output())
                .isEqualTo("%1$s/data\n%1$s/link\n%1$s/second name\n%1$s/sub\n".formatted(live));
        run("restore", "latest~1", "--target", folder.resolve("out").toString(), "--verify");
        Files.delete(live.resolve("x.tmp"));
        assertSame(live, Path.of(folder.resolve("out") + live.toString()));
        assertThat(run("check", "--read-data").output()).contains("checked 2 snapshots", "no damage found");
        assertThat(run("check", "--json").output()).contains("\"message_type\":\"summary\"", "\"damaged\":0");
    }

    @Test
    void aFileAloneIsRestoredUnderItsName() throws Exception {
        program.init(repository);
        run("-r", repository.toString(), "backup", live.toString());

        run(
                "restore",
                "latest:" + live + "/sub/text",
                "-t",
                folder.resolve("out").toString(),
                "-r",
                repository.toString());
        assertThat(folder.resolve("out/text")).hasContent("hello\n");
    }

    @Test
    void namesThatAreNotUtf8AreRootsAndPatternsToo() throws Exception {
        program.init(repository);
        User.Ended shell = program.run(List.of(
                "sh",
                "-c",
                "root=$(printf '%s/r\\351' \"$HOME\"); mkdir \"$root\"; echo x >\"$root/$(printf 'a\\377')\";"
                        + " echo y >\"$root/$(printf 'b\\377')\";"
                        + " \"$1\" -r \"$2\" backup \"$root\" --exclude \"$(printf 'a\\377')\" &&"
                        + " \"$1\" -r \"$2\" ls -R latest",
                "sh",
                Checkout.FOLDER.resolve("target/obnam/obnam").toString(),
                repository.toString()));

        assertThat(shell.code()).as(shell.toString()).isZero();
        assertThat(shell.output()).contains(program.home + "/r\\xe9/b\\xff\n").doesNotContain("a\\xff");
    }

    @Test
    void aNewMachineNeedsTheStoreAndThePassphraseOnly() throws Exception {
        program.init(repository);
        run("-r", repository.toString(), "backup", live.toString());
        List<Path> before = files(repository);

        User other = new User(Files.createDirectory(folder.resolve("other")));
        other.environment.put("OBNAM_PASSPHRASE", "wrong");
        assertThat(other.run("init", "-r", repository.toString()).code()).isEqualTo(12);
        assertThat(other.home.resolve(".config/obnam/secrets.yaml")).doesNotExist();
        other.environment.put("OBNAM_PASSPHRASE", "only for this test");
        assertThat(other.run("init", "-r", repository.toString()).code()).isZero();
        other.environment.remove("OBNAM_PASSPHRASE");
        assertThat(other.run("init", "-r", repository.toString()).output()).contains("nothing to do");
        assertThat(files(repository)).isEqualTo(before);
        User.Ended restored = other.run("-r", repository.toString(), "restore", "latest:" + live, "-t", "out");
        assertThat(restored.code()).as(restored.toString()).isZero();
        assertSame(live, other.home.resolve("out"));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
