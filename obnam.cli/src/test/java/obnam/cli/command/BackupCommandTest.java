package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import obnam.cli.FakeMachine;
import obnam.engine.BackupRequest;
import obnam.engine.Compression;
import obnam.posix.FileNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home).variable("OBNAM_PASSPHRASE", "secret");
    }

    private BackupRequest last() {
        return machine.engine.backups.getLast();
    }

    private void config(String... lines) throws IOException {
        Path file = home.resolve(".config/obnam/obnam.yaml");
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private static List<String> texts(List<byte[]> paths) {
        return paths.stream().map(FileNames::display).toList();
    }

    @Test
    void withoutAnyConfigurationMakesTheDefaultRepositoryAndTheBackup() {
        assertThat(machine.run("backup", home.toString())).isZero();

        String repository = home + "/.local/share/obnam/repository";
        assertThat(machine.engine.repositories).containsOnlyKeys("file:" + repository);
        assertThat(machine.err().lines()).hasSize(3).anyMatch(line -> line.contains(repository));
        assertThat(machine.out()).contains("nothing new to store");
        BackupRequest request = last();
        assertThat(request.exclusions().excludes(FileNames.of(repository), true))
                .isTrue();
        assertThat(request.exclusions().excludes(FileNames.of(home + "/.cache/obnam"), true))
                .isTrue();
        assertThat(request.exclusions().excludes(FileNames.of(home + "/.config/obnam"), true))
                .isFalse();
        assertThat(machine.run("backup", home.toString())).isZero();
        assertThat(machine.err()).isEmpty();
    }

    @Test
    void theRepositoryIsLeftOutAlsoWhenReachedThroughASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), Files.createDirectory(home.resolve("real")));
        Files.createDirectories(home.resolve("real/b"));
        machine.run("init", "-r", home.resolve("real/b/repo").toString());

        assertThat(machine.run("backup", "-r", home.resolve("real/b/repo").toString(), link.resolve("b") + "/"))
                .isZero();
        assertThat(last().roots()).containsExactly(FileNames.of(home + "/real/b"));
        assertThat(last().exclusions().excludes(FileNames.of(home + "/real/b/repo"), true))
                .isTrue();
    }

    @Test
    void aRootInTheRepositoryIsRefused() {
        machine.run("init", "-r", home.toString());

        assertThat(machine.run("backup", "-r", home.toString(), home.toString()))
                .isEqualTo(2);
        assertThat(machine.err()).contains("this root is in the repository itself");
    }

    @Test
    void nothingToBackUpIsWrongUsage() {
        assertThat(machine.run("backup")).isEqualTo(2);
        assertThat(machine.err()).startsWith("obnam: there is nothing to back up. Name directories");
        assertThat(machine.run("backup", "")).isEqualTo(2);
        assertThat(machine.engine.repositories).isEmpty();
    }

    @Test
    void rootsThatAreMissingAreReportedAndTheOthersSaved() {
        machine.run("init");

        assertThat(machine.run("backup", home.toString(), "/no/such")).isEqualTo(3);
        assertThat(machine.err()).contains("obnam: /no/such: there is no such file or directory\n");
        assertThat(texts(last().roots())).containsExactly(home.toString());

        assertThat(machine.run("backup", "/no/such")).isEqualTo(1);
        assertThat(machine.err()).contains("none of the roots is there: /no/such");
    }

    @Test
    void problemsMakeExitCodeThree() {
        machine.run("init");
        machine.engine.problems.put("permission denied", "/a\nb".getBytes(StandardCharsets.UTF_8));

        assertThat(machine.run("backup", home.toString())).isEqualTo(3);
        assertThat(machine.err()).contains("obnam: /a\\nb: permission denied\n", "1 problem: see above");

        machine.engine.problems.clear();
        machine.engine.newlyHidden.add(FileNames.of("/home/cache"));
        assertThat(machine.run("backup", home.toString())).isEqualTo(3);
        assertThat(machine.err()).contains("no longer saved, because of a new CACHEDIR.TAG: /home/cache");
    }

    @Test
    void problemsWithNamesThatAreNotUtf8AreExactInJson() {
        machine.run("init");
        machine.engine.problems.put("no", "/\u00ff".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(machine.run("backup", "--json", home.toString())).isEqualTo(3);
        assertThat(machine.out().lines())
                .anyMatch(line ->
                        line.equals("{\"message_type\":\"problem\",\"path\":\"/\\\\xff\",\"path_base64\":\"L/8=\","
                                + "\"reason\":\"no\"}"))
                .allMatch(line -> line.startsWith("{\"message_type\":"));
    }

    @Test
    void rootsAreBytesAndMadeAbsolute() throws IOException {
        machine.run("init");
        Files.createDirectories(home.resolve("dir/sub"));
        machine.workingDirectory = FileNames.of(home + "/dir");

        assertThat(machine.run("backup", "./sub/../sub//", "..", "sub")).isZero();
        assertThat(texts(last().roots())).containsExactly(home + "/dir/sub", home.toString());

        assertThat(machine.run("backup", "--", "--json")).isEqualTo(1);
        assertThat(machine.err()).contains(home + "/dir/--json: there is no such file");
    }

    @Test
    void optionsReachTheEngine() {
        machine.run("init");

        assertThat(machine.run(
                        "backup",
                        home.toString(),
                        "-x",
                        "--tag",
                        "a",
                        "--tag=b",
                        "--tag",
                        "a",
                        "--host",
                        "h",
                        "--force",
                        "--compression",
                        "best",
                        "--verify-full",
                        "--with-atime",
                        "-n",
                        "--no-exclude-caches",
                        "--exclude",
                        "*.o",
                        "--exclude=!x.o"))
                .isZero();
        BackupRequest request = last();
        assertThat(request.oneFileSystem()).isTrue();
        assertThat(request.tags()).containsExactly("a", "b");
        assertThat(request.host()).isEqualTo("h");
        assertThat(request.user()).isEqualTo("user");
        assertThat(request.readAll()).isTrue();
        assertThat(request.compression()).isEqualTo(Compression.BEST);
        assertThat(request.verifyAll()).isTrue();
        assertThat(request.accessTimes()).isTrue();
        assertThat(request.dryRun()).isTrue();
        assertThat(request.excludeCaches()).isFalse();
        assertThat(request.exclusions().excludes(FileNames.of("/y.o"), false)).isTrue();
        assertThat(request.exclusions().excludes(FileNames.of("/x.o"), false)).isFalse();
    }

    @Test
    void theConfigurationMakesTheDailyCommandShort() throws IOException {
        Files.createDirectory(home.resolve("docs"));
        Files.write(home.resolve("more"), List.of("# more", "*.bak"));
        config(
                "repository: ~/backup",
                "roots: [~/docs]",
                "exclude:",
                "  - '*.o'",
                "  - ~/docs/private",
                "exclude-caches: false",
                "one-file-system: true",
                "tags: daily",
                "compression: fast");
        assertThat(machine.run("init")).isZero();

        assertThat(machine.run("backup", "--exclude-file", "more", "--exclude", "!keep.o"))
                .isZero();
        assertThat(machine.engine.repositories).containsOnlyKeys("file:" + home + "/backup");
        BackupRequest request = last();
        assertThat(texts(request.roots())).containsExactly(home + "/docs");
        assertThat(request.excludeCaches()).isFalse();
        assertThat(request.oneFileSystem()).isTrue();
        assertThat(request.tags()).containsExactly("daily");
        assertThat(request.compression()).isEqualTo(Compression.FAST);
        assertThat(request.exclusions().excludes(FileNames.of("/x.bak"), false)).isTrue();
        assertThat(request.exclusions().excludes(FileNames.of("/keep.o"), false))
                .isFalse();
        assertThat(request.exclusions().excludes(FileNames.of(home + "/docs/private"), true))
                .isTrue();
    }

    @Test
    void aPatternThatLooksRelativeIsExplained() {
        machine.run("init");

        machine.run("backup", home.toString(), "--exclude", "a/b");
        assertThat(machine.err()).contains("the exclude pattern a/b means /a/b; to match at any depth write **/a/b");
        machine.run("backup", home.toString(), "--exclude", "**/a/b", "--exclude", "a/", "--exclude", "/a/b");
        assertThat(machine.err()).isEmpty();
    }

    @Test
    void aDryRunDoesNotMakeTheDefaultRepository() {
        assertThat(machine.run("backup", "-n", home.toString())).isEqualTo(10);
        assertThat(machine.engine.repositories).isEmpty();
    }

    @Test
    void aMissingRepositoryThatWasNamedIsNotMade() {
        assertThat(machine.run("backup", "-r", "/gone", home.toString())).isEqualTo(10);
        assertThat(machine.err())
                .isEqualTo("obnam: there is no repository: /gone. Check the place, or make one: obnam init -r /gone\n");
    }

    @Test
    void withoutASecretsEntryThePassphraseIsTaken() throws IOException {
        machine.run("init", "-r", "/b");
        Files.delete(home.resolve(".config/obnam/secrets.yaml"));

        assertThat(machine.run("backup", "-r", "/b", home.toString())).isZero();
        machine.variables.clear();
        assertThat(machine.run("backup", "-r", "/b", home.toString())).isEqualTo(2);
        assertThat(machine.err()).contains("there is no terminal to ask for it", "OBNAM_PASSPHRASE_FILE");
        assertThat(machine.type("wrong").run("backup", "-r", "/b", home.toString()))
                .isEqualTo(12);
    }
}
