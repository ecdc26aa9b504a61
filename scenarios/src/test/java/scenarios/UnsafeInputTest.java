package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong gives one line and its exit code, and loses nothing.
class UnsafeInputTest {

    @TempDir
    private Path folder;

    private User program = new User(Path.of("/"));
    private Path live = Path.of("/");
    private String repository = "";
    private Path secrets = Path.of("/");

    @BeforeEach
    void makeRepository() throws Exception {
        program = new User(Files.createDirectory(folder.resolve("home")));
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        live = Files.createDirectories(program.home.resolve("live"));
        repository = folder.resolve("repository").toString();
        secrets = program.home.resolve(".config/obnam/secrets.yaml");
        Files.writeString(live.resolve("file"), "hello\n");
        program.init(Path.of(repository));
        assertThat(backup().code()).isZero();
    }

    private User.Ended backup() throws Exception {
        return program.run("-r", repository, "backup", live.toString());
    }

    private static void assertFails(User.Ended ended, int code, String line) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(code);
        assertThat(ended.errors()).startsWith("obnam: ").contains(line).hasLineCount(1);
        assertThat(ended.output()).isEmpty();
    }

    /// All that was saved before must still be there.
    private void assertNothingLost() throws Exception {
        User.Ended checked = program.run("-r", repository, "check", "--read-data");
        assertThat(checked.code()).as(checked.toString()).isZero();
        User.Ended restored = program.run("-r", repository, "restore", "latest:" + live + "/file", "-t", "out");
        assertThat(restored.code()).as(restored.toString()).isZero();
        assertThat(program.home.resolve("out/file")).hasContent("hello\n");
    }

    @Test
    void aSecretsFileThatOthersCanRead() throws Exception {
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("r--r-----"));

        assertFails(backup(), 2, "others can read or change the secrets file: " + secrets + ". Run: chmod 400");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("r--------"));
        assertNothingLost();
    }

    @Test
    void aStaleSecretsEntry() throws Exception {
        Path keys = Path.of(repository, "keys");
        Path away = Files.move(keys, folder.resolve("keys"));
        Files.createDirectory(keys);

        assertFails(backup(), 2, "obnam init");
        Files.delete(keys);
        Files.move(away, keys);
        assertNothingLost();
    }

    @Test
    void aDamagedSecretsEntry() throws Exception {
        String text = Files.readString(secrets);
        Files.delete(secrets);
        Files.writeString(secrets, text.replace("mac: \"", "mac: \"AAAA"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("r--------"));

        assertFails(backup(), 2, "this entry of the secrets file makes no sense: " + secrets + " line");
    }

    @Test
    void aMissingStore() throws Exception {
        Files.move(Path.of(repository), folder.resolve("away"));

        assertFails(backup(), 10, "there is no repository: " + repository);
        assertThat(Path.of(repository)).doesNotExist();
        Files.move(folder.resolve("away"), Path.of(repository));
        assertNothingLost();
    }

    @Test
    void aWrongPassphrase() throws Exception {
        Files.delete(secrets);
        program.environment.put("OBNAM_PASSPHRASE", "wrong");

        assertFails(backup(), 12, "wrong passphrase");
        program.environment.remove("OBNAM_PASSPHRASE");
        assertFails(backup(), 2, "there is no terminal to ask for it");
        program.environment.put("OBNAM_PASSPHRASE", "");
        assertFails(backup(), 2, "the passphrase is empty");
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        assertNothingLost();
    }

    @Test
    void emptyRoots() throws Exception {
        assertFails(program.run("-r", repository, "backup"), 2, "there is nothing to back up");
        assertFails(program.run("-r", repository, "backup", ""), 2, "a root has an empty name");
        assertNothingLost();
    }

    @Test
    void aStoreThatIsAFile() throws Exception {
        String file = live.resolve("file").toString();

        assertFails(program.run("-r", file, "backup", live.toString()), 2, "not a directory");
        assertFails(program.run("-r", file, "init"), 2, "not a directory");
        assertThat(live.resolve("file")).hasContent("hello\n");
    }

    @Test
    void aStoreWithoutSpace() throws Exception {
        byte[] data = new byte[3_000_000];
        new Random(7).nextBytes(data);
        Files.write(live.resolve("large"), data);
        // 2 MiB. A limit on the size of files fails at the same calls as a full disk, and needs no disk.
        User limited = program.startedBy("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh");

        assertFails(limited.run("-r", repository, "backup", live.toString()), 13, "cannot store an object");
        assertNothingLost();
        assertThat(backup().code()).isZero();
        assertNothingLost();
    }

    @Test
    void aFileThatCannotBeRead() throws Exception {
        Files.writeString(live.resolve("locked"), "secret");
        Files.setPosixFilePermissions(live.resolve("locked"), PosixFilePermissions.fromString("---------"));
        // Root reads everything, unless it gives that up.
        User plain =
                isRoot() ? program.startedBy("setpriv", "--bounding-set", "-dac_override,-dac_read_search") : program;

        User.Ended ended = plain.run("-r", repository, "backup", live.toString());
        assertThat(ended.code()).as(ended.toString()).isEqualTo(3);
        assertThat(ended.errors()).contains("obnam: " + live + "/locked: permission denied\n");
        assertThat(program.run("-r", repository, "ls", "latest:" + live).output())
                .contains("/file\n")
                .doesNotContain("locked");
        Files.setPosixFilePermissions(live.resolve("locked"), PosixFilePermissions.fromString("rw-------"));
        assertThat(backup().code()).isZero();
        assertThat(program.run("-r", repository, "ls", "latest:" + live).output())
                .contains("/locked\n");
    }

    private boolean isRoot() throws Exception {
        return program.run(List.of("id", "-u")).output().strip().equals("0");
    }

    @Test
    void rootsThatAreMissing() throws Exception {
        User.Ended some = program.run("-r", repository, "backup", live.toString(), "/no/such/root");
        assertThat(some.code()).isEqualTo(3);
        assertThat(some.errors()).contains("obnam: /no/such/root: there is no such file or directory\n");
        assertThat(program.run("-r", repository, "backup", "/no/such/root").code())
                .isEqualTo(1);
        assertNothingLost();
    }

    @Test
    void damageInTheStore() throws Exception {
        try (var files = Files.walk(Path.of(repository, "data"))) {
            for (Path pack : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[5000] ^= 1;
                Files.delete(pack);
                Files.write(pack, bytes);
            }
        }
        User.Ended checked = program.run("-r", repository, "check", "--read-data");
        assertThat(checked.code()).as(checked.toString()).isEqualTo(14);
        assertThat(checked.errors()).contains("obnam: damage found");
        assertThat(program.run("-r", repository, "restore", "latest", "-t", "out")
                        .code())
                .isNotZero();
        assertThat(program.home.resolve("out" + live + "/file")).doesNotExist();
    }

    @Test
    void aSignalWhileThePassphraseIsFetched() throws Exception {
        Files.delete(secrets);
        User.Ended ended = program.run(
                "-r",
                repository,
                "snapshots",
                "--passphrase-command",
                "kill -TERM $PPID; tail --pid=$PPID -f /dev/null");

        assertThat(ended.code()).as(ended.toString()).isEqualTo(130);
    }

    @Test
    void aReaderThatGoesAway() throws Exception {
        User.Ended ended = program.run(List.of(
                "sh",
                "-c",
                "{ \"$@\"; echo \"code $?\" >&2; } | true",
                "sh",
                Checkout.FOLDER.resolve("target/obnam/obnam").toString(),
                "-r",
                repository,
                "ls",
                "-R",
                "latest"));
        assertThat(ended.errors()).isEqualTo("code 141\n");
    }

    @Test
    void secretsAreNowhere() throws Exception {
        String planted = "planted-passphrase-ÄÖ";
        Path place = folder.resolve("second");
        Path seen = folder.resolve("seen");
        program.environment.put("OBNAM_PASSPHRASE", planted);
        User.Ended made = program.run("init", "--debug", "-v", "-r", place.toString());
        Files.move(secrets, folder.resolve("kept"));
        User.Ended run = program.run(
                "backup",
                "--debug",
                "-v",
                "-r",
                place.toString(),
                live.toString(),
                "--passphrase-command",
                "{ env; cat /proc/[0-9]*/cmdline; } >'" + seen + "' 2>&1; echo wrong");

        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(run.code()).isEqualTo(12);
        assertThat(made.output() + made.errors() + run.output() + run.errors()).doesNotContain("planted");
        assertThat(Files.readAllBytes(seen)).asString().contains("obnam.cli").doesNotContain("planted");
        String key = Files.readString(folder.resolve("kept")).replaceAll("(?s).*mac: \"([^\"]{20}).*", "$1");
        assertThat(key).hasSize(20);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .filter(file -> !file.endsWith("kept"))
                    .toList()) {
                assertHoldsNone(file, planted, key);
            }
        }
    }

    private static void assertHoldsNone(Path file, String passphrase, String key) throws IOException {
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text)
                .as(file.toString())
                .doesNotContain(passphrase.substring(0, 18))
                .doesNotContain(key);
    }
}
