package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Removing snapshots, and noticing that somebody else did.
class ForgetTest {

    private static final Pattern SAVED = Pattern.compile("snapshot ([0-9a-f]{8}) saved\nhead: (\\S+)\n");

    @TempDir
    private Path folder;

    private User program = new User(Path.of("/"));
    private Path repository = Path.of("/");

    private record Saved(String id, String receipt) {}

    @BeforeEach
    void makeRepository() throws Exception {
        program = new User(Files.createDirectory(folder.resolve("home")));
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        repository = folder.resolve("repository");
        program.init(repository);
        Path config =
                Files.createDirectories(program.home.resolve(".config/obnam")).resolve("obnam.yaml");
        Files.writeString(
                config, "repository: %s\nroots: [~/live]\nkeep: {last: 2, tag: forever}\n".formatted(repository));
        Files.createDirectory(program.home.resolve("live"));
    }

    private String run(String... arguments) throws Exception {
        User.Ended ended = program.run(arguments);
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.errors()).isEmpty();
        return ended.output();
    }

    private Saved backup(String content, String... options) throws Exception {
        Files.writeString(program.home.resolve("live/file"), content);
        String output =
                run(Stream.concat(Stream.of("backup"), Stream.of(options)).toArray(String[]::new));
        Matcher saved = SAVED.matcher(output);
        assertThat(saved.find()).as(output).isTrue();
        return new Saved(saved.group(1), saved.group(2));
    }

    private Path record(String id) throws IOException {
        try (Stream<Path> all = Files.walk(repository.resolve("snapshots"))) {
            return all.filter(file -> file.getFileName().toString().startsWith(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void copy(Path from, Path to) throws Exception {
        assertThat(program.run(List.of("cp", "-a", from.toString(), to.toString()))
                        .code())
                .isZero();
    }

    @Test
    void rulesOfTheConfigurationAreApplied() throws Exception {
        Saved forever = backup("one", "--tag", "forever,first");
        Saved second = backup("two");
        Saved third = backup("three");
        Saved fourth = backup("four");

        assertThat(run("forget", "-n")).contains("forget  " + second.id(), "tags forever", "would forget 1 snapshot");
        assertThat(run("forget")).contains("forgot 1 snapshot, kept 3");
        assertThat(run("snapshots"))
                .contains(forever.id(), third.id(), fourth.id())
                .doesNotContain(second.id());
        run("tag", "--set", "x", forever.id());
        assertThat(run("snapshots", "--tag", "x")).contains(forever.id(), "1 snapshot\n");
        assertThat(run("forget", third.id())).contains("forgot 1 snapshot");
        assertThat(run("forget")).contains("forgot 0 snapshots, kept 2");
        assertThat(run("check", "--read-data")).contains("checked 2 snapshots", "no damage found");
        run(
                "restore",
                "latest:" + program.home + "/live",
                "--target",
                folder.resolve("out").toString());
        assertThat(folder.resolve("out/file")).hasContent("four");
        // another machine, without any state, sees whole chains too
        User other = new User(Files.createDirectory(folder.resolve("other")));
        other.environment.put("OBNAM_PASSPHRASE", "only for this test");
        User.Ended listed = other.run("-r", repository.toString(), "snapshots");
        assertThat(listed.errors()).isEmpty();
        assertThat(listed.output()).contains("2 snapshots");
    }

    @Test
    void aStoreThatLosesRecordsIsFoundOut() throws Exception {
        Saved first = backup("one");
        Path old = folder.resolve("old");
        copy(repository, old);
        Saved second = backup("two");
        Saved third = backup("three");
        run("check", "--expect-head", third.receipt());
        Path hidden = record(second.id());
        Path aside = folder.resolve("aside");
        Files.move(hidden, aside);

        User.Ended listed = program.run("snapshots");
        assertThat(listed.code()).isZero();
        assertThat(listed.errors()).contains("record 1 of chain", "is missing");
        assertThat(program.run("check").code()).isEqualTo(14);
        Files.move(aside, hidden);
        run("check");

        // the whole repository is put back to what it was
        assertThat(program.run(List.of("rm", "-r", repository.toString())).code())
                .isZero();
        copy(old, repository);
        assertThat(program.run("snapshots").errors()).contains("records 1 to 2 of chain", "an older state");
        User stateless = new User(Files.createDirectory(folder.resolve("stateless")));
        stateless.environment.put("OBNAM_PASSPHRASE", "only for this test");
        stateless.environment.put("OBNAM_REPOSITORY", repository.toString());
        assertThat(stateless.run("snapshots", "--expect-head", first.receipt()).code())
                .isZero();
        User.Ended missed = stateless.run("restore", "latest", "-t", "out", "--expect-head", third.receipt());
        assertThat(missed.code()).isEqualTo(14);
        assertThat(missed.errors()).contains("the record that was expected is not there: " + third.receipt());
        assertThat(stateless.home.resolve("out")).doesNotExist();
        // whoever knows why says so once
        User.Ended accepted = program.run("forget", "--accept-gaps");
        assertThat(accepted.code()).as(accepted.toString()).isZero();
        run("check");
    }
}
