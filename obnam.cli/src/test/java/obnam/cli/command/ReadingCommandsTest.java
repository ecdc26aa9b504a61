package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import obnam.cli.FakeEngine;
import obnam.cli.FakeMachine;
import obnam.engine.Entry;
import obnam.engine.RestoreRequest;
import obnam.posix.FileNames;
import obnam.posix.FileType;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that need a repository and do not change it.
class ReadingCommandsTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home).variable("OBNAM_PASSPHRASE", "secret");
        machine.run("init");
        machine.engine.snapshots = List.of(
                SnapshotNameTest.snapshot("aaaa1", "2026-11-01T10:00:00Z"),
                SnapshotNameTest.snapshot("dddd", "2026-12-25T00:00:00Z"));
    }

    private void list(byte[] path, Entry entry) {
        machine.engine.entries.add(new FakeEngine.Listed(path, entry));
    }

    private static Entry entry(FileType type, int mode, Entry.Body body) {
        Timestamp time = new Timestamp(0, 0);
        return new Entry(
                type,
                new byte[] {'x'},
                mode,
                4_000_000_001L,
                4_000_000_002L,
                time,
                time,
                1,
                false,
                false,
                false,
                body,
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void snapshotsAreATable() {
        assertThat(machine.run("list")).isZero();
        assertThat(machine.out()).isEqualTo("""
                        ID        Time                                 Host  Size       Roots  Tags
                        aaaa1000  2026-11-01 10:00:00                  host  2.000 KiB  /home  daily
                        dddd0000  2026-12-25 00:00:00 (in the future)  host  2.000 KiB  /home  daily
                        2 snapshots
                        """);
        machine.run("snapshots", "--tag", "weekly", "-q");
        assertThat(machine.out().lines()).hasSize(1);
        machine.run("snapshots", "--json", "--host", "host");
        assertThat(machine.out().lines()).hasSize(2).allMatch(line -> line.contains("\"message_type\":\"snapshot\""));
    }

    @Test
    void entriesAreListed() {
        list(
                "/a\u00ff".getBytes(StandardCharsets.ISO_8859_1),
                entry(FileType.REGULAR, 04755, new Entry.File(7, new Entry.Inline(List.of()))));
        list(FileNames.of("/l\n"), entry(FileType.SYMLINK, 0777, new Entry.Symlink(FileNames.of("t\u001b"))));
        list(FileNames.of("/d"), entry(FileType.CHARACTER_DEVICE, 01000, new Entry.Device(1, 3)));

        assertThat(machine.run("ls", "latest")).isZero();
        assertThat(machine.out()).isEqualTo("/a\\xff\n/l\\n\n/d\n");
        machine.run("ls", "-l", "aaaa1:/");
        assertThat(machine.out()).isEqualTo("""
                        -rwsr-xr-x me       4000000002            7 1970-01-01 00:00:00 /a\\xff
                        lrwxrwxrwx me       4000000002            0 1970-01-01 00:00:00 /l\\n -> t\\x1b
                        c--------T me       4000000002          1,3 1970-01-01 00:00:00 /d
                        """);
        machine.run("ls", "--json", "latest");
        assertThat(machine.out())
                .contains(
                        "{\"message_type\":\"node\",\"path\":\"/a\\\\xff\",\"path_base64\":\"L2H/\",\"type\":\"regular\"")
                .contains("\"target\":\"t\\u001B\"");
        assertThat(machine.run("ls")).isEqualTo(2);
        assertThat(machine.err()).contains("obnam ls latest");
    }

    @Test
    void restoreHandsOnWhatWasAsked() {
        assertThat(machine.run("restore", "latest:/home/me", "--target", "out", "--verify"))
                .isZero();
        RestoreRequest request = machine.engine.restores.getLast();
        assertThat(request.snapshot()).isEqualTo(machine.engine.snapshots.getFirst());
        assertThat(request.path().map(FileNames::display)).contains("/home/me");
        assertThat(request.target()).asString().isEqualTo(home + "/out");
        assertThat(request.verify()).isTrue();
        assertThat(request.dryRun()).isFalse();
        assertThat(machine.out()).startsWith("restored 1 file (4 B), 2 directories, 3 other; wrote 5 B");

        machine.engine.problems.put("no space", FileNames.of("/home/me/x"));
        assertThat(machine.run("restore", "latest", "-t", "out")).isEqualTo(3);
        assertThat(machine.err()).contains("/home/me/x: no space", "1 problem");
    }

    @Test
    void restoreNeedsSnapshotAndTarget() {
        assertThat(machine.run("restore")).isEqualTo(2);
        assertThat(machine.run("restore", "latest")).isEqualTo(2);
        assertThat(machine.err()).contains("where to is not said. Add --target DIR");
        assertThat(machine.run("restore", "beef", "-t", "out")).isEqualTo(2);
        assertThat(machine.engine.restores).isEmpty();
    }

    @Test
    void checkTellsDamageByItsExitCode() {
        assertThat(machine.run("check", "--read-data")).isZero();
        assertThat(machine.out())
                .startsWith("checked 1 snapshot, 2 packs, 3 chunks; read 4 B")
                .endsWith("no damage found\n");

        machine.engine.damaged = 2;
        assertThat(machine.run("check", "--json")).isEqualTo(14);
        assertThat(machine.err()).contains("damage found: 2 objects");
        assertThat(machine.out()).contains("\"damaged\":2");
    }

    @Test
    void configShowsWhatIsInForce() {
        assertThat(machine.run("config")).isZero();
        assertThat(machine.out())
                .isEqualTo("repository: %1$s/.local/share/obnam/repository (embedded default)\n".formatted(home)
                        + "roots: none\nexclude: none\nexclude-caches: true\none-file-system: false\ntags: none\n"
                        + "compression: default\nkeep: none\n"
                        + "config file: %1$s/.config/obnam/obnam.yaml (not there)\n".formatted(home)
                        + "secrets file: %1$s/.config/obnam/secrets.yaml\n".formatted(home)
                        + "state: %1$s/.local/state/obnam\ncache: %1$s/.cache/obnam\n".formatted(home));

        machine.variable("XDG_CONFIG_HOME", "/c").variable("XDG_STATE_HOME", "relative");
        assertThat(machine.run("config", "--cache-dir", "x", "-r", "https://u:p@h/"))
                .isZero();
        assertThat(machine.out())
                .contains("repository: https://u:***@h/\n", "config file: /c/obnam/obnam.yaml", home + "/x\n")
                .contains("state: " + home + "/.local/state/obnam");
        assertThat(machine.run("config", "--config", "none.yaml")).isEqualTo(2);
        assertThat(machine.err()).contains("there is no configuration file: " + home + "/none.yaml");
        assertThat(machine.run("config", "--profile", "p")).isEqualTo(2);
    }
}
