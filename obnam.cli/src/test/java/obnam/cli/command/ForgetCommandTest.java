package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.cli.FakeMachine;
import obnam.engine.ChainFinding;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Removing snapshots. The fake engine has four of 22 November and before, and one of the future.
class ForgetCommandTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home).variable("OBNAM_PASSPHRASE", "secret");
        machine.run("init");
        machine.engine.snapshots = new ArrayList<>(List.of(
                SnapshotNameTest.snapshot("aaaa1", "2026-11-01T10:00:00Z"),
                SnapshotNameTest.snapshot("aaaa2", "2026-11-21T10:00:00Z"),
                SnapshotNameTest.snapshot("bbbb", "2026-11-22T10:00:00Z"),
                SnapshotNameTest.snapshot("cccc", "2026-11-22T11:00:00Z"),
                SnapshotNameTest.snapshot("dddd", "2026-12-25T00:00:00Z")));
    }

    private List<String> forgotten() {
        return machine.engine.forgotten.stream()
                .map(name -> name.hex().replaceAll("0+$", ""))
                .toList();
    }

    private void config(String... lines) throws IOException {
        Path file = home.resolve(".config/obnam/obnam.yaml");
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    @Test
    void rulesSayWhatIsKeptAndWhy() {
        assertThat(machine.run("forget", "--keep-daily", "2", "--keep-last=1")).isZero();
        assertThat(forgotten()).containsExactly("bbbb", "aaaa1");
        assertThat(machine.out()).isEqualTo("""
                        host host; roots /home
                                ID        Time                 Tags   Reasons
                        keep    dddd0000  2026-12-25 00:00:00  daily  dated in the future
                        keep    cccc0000  2026-11-22 11:00:00  daily  last, daily
                        forget  bbbb0000  2026-11-22 10:00:00  daily
                        keep    aaaa2000  2026-11-21 10:00:00  daily  daily
                        forget  aaaa1000  2026-11-01 10:00:00  daily

                        forgot 2 snapshots, kept 3
                        """);
        machine.run("forget", "--keep-last", "1", "-q");
        assertThat(machine.all()).isEmpty();
    }

    @Test
    void aDryRunForgetsNothing() {
        assertThat(machine.run("forget", "-n", "--keep-yearly", "1")).isZero();
        assertThat(machine.out()).contains("forget  bbbb0000").endsWith("would forget 3 snapshots, kept 2\n");
        assertThat(machine.run("forget", "-n", "aaaa1")).isZero();
        assertThat(machine.out()).contains("forget  aaaa1000").endsWith("would forget 1 snapshot\n");
        assertThat(machine.run("forget", "-n", "--broken", "aaaa1")).isEqualTo(2);
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void programsGetALineForEachSnapshot() {
        machine.run("forget", "--json", "--keep-within", "1d", "--group-by", "");
        assertThat(machine.out().lines())
                .hasSize(6)
                .anyMatch(line -> line.contains("\"message_type\":\"decision\"")
                        && line.contains("\"short_id\":\"aaaa2000\"")
                        && line.contains("\"keep\":false,\"reasons\":[]"))
                .anyMatch(line -> line.contains("\"keep\":true,\"reasons\":[\"within 1d\"]"))
                .last()
                .asString()
                .contains("\"dry_run\":false,\"forgotten\":2,\"kept\":3");
    }

    @Test
    void withoutRulesNothingIsForgotten() throws IOException {
        assertThat(machine.run("forget")).isEqualTo(2);
        assertThat(machine.err())
                .contains("no rule says which snapshots to keep, so none is forgotten")
                .contains("--keep-last, --keep-hourly", "--keep-within-yearly, --keep-tag", "under keep: in " + home);
        assertThat(machine.run("forget", "--keep-daily", "0")).isEqualTo(2);
        assertThat(machine.run("forget", "--host", "host")).isEqualTo(2);
        config("keep:", "  group-by: host");
        assertThat(machine.run("forget")).isEqualTo(2);
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void theConfigurationHasRulesAndOptionsReplaceThem() throws IOException {
        config("keep:", "  last: 1", "  within: 1d", "  tag: [nothing, 'a,b']", "  group-by: tags");
        assertThat(machine.run("forget")).isZero();
        assertThat(machine.out()).startsWith("tags daily\n");
        assertThat(forgotten()).containsExactly("aaaa2", "aaaa1");
        machine.engine.forgotten.clear();
        assertThat(machine.run("forget", "--keep-last", "3")).isZero();
        assertThat(forgotten()).containsExactly("aaaa1");
        assertThat(machine.run("config")).isZero();
        assertThat(machine.out())
                .contains("keep:\n  - last: 1\n  - within: 1d\n  - tag: nothing\n  - tag: a,b\nconfig file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keep: 7",
                "keep: {dayly: 7}",
                "keep: {daily: x}",
                "keep: {daily: [1, 2]}",
                "keep: {daily: -1}",
                "keep: {within: 7}",
                "keep: {within-last: 7d}",
                "keep: {tag: 'a,,b'}",
                "keep: {group-by: paths}"
            })
    void rulesThatMakeNoSenseNameTheirLine(String line) throws IOException {
        config("# first", line);
        assertThat(machine.run("forget", "--keep-last", "1")).isEqualTo(2);
        assertThat(machine.err()).contains("obnam.yaml line 2");
        assertThat(forgotten()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--keep-daily=x",
                "--keep-last=-1",
                "--keep-within=7",
                "--keep-tag=",
                "--group-by=paths",
                "--keep-hourly=1.5"
            })
    void optionsThatMakeNoSenseAreRefused(String option) {
        assertThat(machine.run("forget", "--keep-last=1", option)).isEqualTo(2);
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void unlimitedIsANumberToo() {
        assertThat(machine.run("forget", "--keep-hourly", "unlimited")).isZero();
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void filtersChooseWhatRulesLookAt() {
        List<Snapshot> all = machine.engine.snapshots;
        all.set(0, all.getFirst().withTags(List.of("x", "y")));
        all.set(1, all.get(1).withTags(List.of("x")));

        assertThat(machine.run("forget", "--keep-last", "1", "--tag", "x", "--path", "/home", "--host", "host"))
                .isZero();
        assertThat(forgotten()).containsExactly("aaaa1");
        machine.engine.forgotten.clear();
        assertThat(machine.run("forget", "--keep-last", "1", "--tag", "x,y")).isZero();
        assertThat(machine.run("forget", "--keep-last", "1", "--path", "/other"))
                .isZero();
        assertThat(machine.run("forget", "--keep-last", "1", "--host", "other")).isZero();
        assertThat(machine.out()).isEqualTo("forgot 0 snapshots\n");
        assertThat(forgotten()).isEmpty();
        assertThat(machine.run("snapshots", "--tag", "x,y", "--path", "/home", "-q"))
                .isZero();
        assertThat(machine.out()).contains("aaaa1000").doesNotContain("aaaa2000");
    }

    @Test
    void snapshotsAreForgottenByName() {
        assertThat(machine.run("forget", "aaaa1", "bbbb", "bbbb0")).isZero();
        assertThat(forgotten()).containsExactly("aaaa1", "bbbb");
        assertThat(machine.out()).endsWith("forgot 2 snapshots\n");
        machine.engine.forgotten.clear();
        assertThat(machine.run("forget", "aaaa1", "beef")).isEqualTo(2);
        assertThat(machine.run("forget", "aaaa")).isEqualTo(2);
        assertThat(machine.run("forget", "aaaa1:/etc")).isEqualTo(2);
        assertThat(machine.run("forget", "aaaa1", "--keep-last", "1")).isEqualTo(2);
        assertThat(machine.err()).contains("by name, or by rules and filters");
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void aBrokenSnapshotIsAnnulledAfterAQuestion() {
        assertThat(machine.run("forget", "--broken", "aaaa1")).isEqualTo(2);
        assertThat(machine.err()).contains("this snapshot is not broken, so it stays: aaaa1000", "--read-data");
        machine.engine.problems.put("a chunk is in no index", FileNames.of("/home/x"));

        assertThat(machine.run("forget", "--broken", "aaaa1")).isEqualTo(2);
        assertThat(machine.err())
                .contains("/home/x: a chunk is in no index", "1 file or directory of snapshot aaaa1000")
                .contains("the snapshot stays: nobody could be asked", "add --yes");
        machine.type("y");
        assertThat(machine.run("forget", "--broken", "aaaa1")).isEqualTo(2);
        assertThat(machine.run("forget", "--broken", "-n", "aaaa1")).isZero();
        assertThat(machine.engine.annulled).isEmpty();

        machine.type("yes");
        assertThat(machine.run("forget", "--broken", "aaaa1")).isZero();
        assertThat(machine.run("forget", "--broken", "--yes", "--read-data", "bbbb"))
                .isZero();
        assertThat(machine.engine.annulled).hasSize(2);
        assertThat(forgotten()).isEmpty();
        assertThat(machine.run("forget", "--broken")).isEqualTo(2);
        assertThat(machine.run("forget", "--broken", "--yes", "aaaa1", "bbbb")).isEqualTo(2);
        assertThat(machine.run("forget", "--broken", "--keep-last", "1")).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeReadIsForgottenAfterAQuestion() {
        machine.engine.unreadable.add(new ObjectName(ObjectKind.SNAPSHOT, "eeee" + "1".repeat(60)));

        assertThat(machine.run("forget", "eeee")).isEqualTo(2);
        assertThat(machine.run("forget", "--broken", "eeee")).isEqualTo(2);
        assertThat(machine.err()).contains("cannot be read: nothing of it can be restored", "nobody could be asked");
        assertThat(machine.run("forget", "--broken", "-n", "eeee")).isZero();
        assertThat(forgotten()).isEmpty();
        assertThat(machine.run("forget", "--broken", "--yes", "eeee")).isZero();
        assertThat(machine.out()).isEqualTo("forgot snapshot eeee1111\n");
        assertThat(forgotten()).hasSize(1);
    }

    @Test
    void missingRecordsAreToldEverywhereAndCanBeAccepted() {
        machine.engine.findings.add(new ChainFinding(ChainFinding.Kind.GAP, "1a2b3c4d" + "0".repeat(24), 3, 4));
        String told = "records 3 to 4 of chain 1a2b3c4d are missing";

        assertThat(machine.run("snapshots", "--json")).isZero();
        assertThat(machine.err()).contains(told, "When records are missing");
        assertThat(machine.out()).contains("\"message_type\":\"chain_finding\",\"kind\":\"gap\"");
        assertThat(machine.run("backup", home.toString())).isZero();
        assertThat(machine.err()).contains(told);
        machine.run("restore", "latest", "-t", "out");
        assertThat(machine.err()).contains(told);
        machine.run("forget", "--keep-last", "9");
        assertThat(machine.err()).contains(told);

        assertThat(machine.run("forget", "--accept-gaps", "-n")).isZero();
        assertThat(machine.engine.findings).hasSize(1);
        assertThat(machine.run("forget", "--accept-gaps")).isZero();
        assertThat(machine.err()).contains(told);
        assertThat(machine.run("forget", "--accept-gaps")).isZero();
        assertThat(machine.out()).isEqualTo("nothing is missing\n");
        assertThat(machine.run("forget", "--accept-gaps", "aaaa1")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "check", "restore latest -t out"})
    void anExpectedHeadMustBeThere(String command) {
        List<String> words = List.of(command.split(" "));
        assertThat(machine.run(with(words, "--expect-head", "0123abcd-7-0123456789abcdef")))
                .isZero();
        assertThat(machine.run(with(words, "--expect-head", "0123abcd-8-0123456789abcdef")))
                .isEqualTo(14);
        assertThat(machine.err()).contains("the record that was expected is not there: 0123abcd-8-0123456789abcdef");
        assertThat(machine.run(with(words, "--expect-head", "8"))).isEqualTo(2);
        assertThat(machine.err()).contains("this is not the receipt of a backup: 8");
    }

    private static String[] with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void labelsAreAddedRemovedAndReplaced() {
        assertThat(machine.run("tag", "--add", "a,b", "--remove", "daily", "aaaa1", "bbbb"))
                .isZero();
        assertThat(machine.out()).isEqualTo("changed the tags of 2 snapshots\n");
        assertThat(machine.engine.snapshots.getFirst().tags()).containsExactly("a", "b");
        assertThat(machine.engine.snapshots.get(1).tags()).containsExactly("daily");
        assertThat(machine.run("tag", "--set", "", "--tag", "a")).isZero();
        assertThat(machine.engine.snapshots.getFirst().tags()).isEmpty();
        assertThat(machine.run("tag", "-n", "--set", "x", "--host", "host")).isZero();
        assertThat(machine.out()).isEqualTo("would change the tags of 5 snapshots\n");
        assertThat(machine.engine.snapshots)
                .noneMatch(snapshot -> snapshot.tags().contains("x"));
    }

    @Test
    void labellingNeedsSnapshotsAndLabels() {
        assertThat(machine.run("tag", "--add", "x")).isEqualTo(2);
        assertThat(machine.err()).contains("which snapshots are to be tagged?");
        assertThat(machine.run("tag", "aaaa1")).isEqualTo(2);
        assertThat(machine.run("tag", "--set", "x", "--add", "y", "aaaa1")).isEqualTo(2);
        assertThat(machine.run("tag", "--add", "x,,y", "aaaa1")).isEqualTo(2);
        assertThat(machine.run("tag", "--add", "", "aaaa1")).isEqualTo(2);
    }
}
