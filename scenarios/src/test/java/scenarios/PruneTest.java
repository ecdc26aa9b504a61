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

/// Backups come, are forgotten and pruned, and what is left is restored.
class PruneTest {

    private static final long SEED = 20_261_124;
    private static final int LENGTH = 3_000_000;

    @TempDir
    private Path folder;

    private User program = new User(Path.of("/"));
    private Path live = Path.of("/");
    private Path repository = Path.of("/");

    @BeforeEach
    void makeRepository() throws Exception {
        program = new User(Files.createDirectory(folder.resolve("home")));
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        live = Files.createDirectories(program.home.resolve("live"));
        repository = folder.resolve("repository");
        program.init(repository);
        program.environment.put("OBNAM_REPOSITORY", repository.toString());
        program.environment.remove("OBNAM_PASSPHRASE");
    }

    private void write(String name, int seed) throws IOException {
        byte[] data = new byte[LENGTH];
        new Random(SEED + seed).nextBytes(data);
        Files.write(live.resolve(name), data);
    }

    private User.Ended run(String... arguments) throws Exception {
        User.Ended ended = program.run(arguments);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    private long stored() throws IOException {
        long bytes = 0;
        try (var all = Files.walk(repository)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void requireRestored(String snapshot, Path expected, String target) throws Exception {
        run("restore", snapshot + ":" + live, "--target", folder.resolve(target).toString(), "--verify");
        User.Ended compared = program.run(List.of(
                "diff", "-r", expected.toString(), folder.resolve(target).toString()));
        assertThat(compared.code()).as(compared.toString()).isZero();
    }

    @Test
    void forgottenDataLeaveTheStoreAndTheRestIsRestored() throws Exception {
        write("kept", 1);
        write("gone", 2);
        run("backup", live.toString());
        Files.delete(live.resolve("gone"));
        for (int i = 0; i < 5; i++) {
            write("changing", 10 + i);
            run("backup", live.toString());
        }
        Path before = folder.resolve("before");
        program.run(List.of("cp", "-a", live.toString(), before.toString()));
        write("changing", 99);
        run("backup", live.toString());
        long full = stored();
        assertThat(full).isGreaterThan(8L * LENGTH);

        run("forget", "--keep-last", "2");
        String plan = run("prune", "-n", "--json").output();
        assertThat(plan).contains("\"dry_run\":true", "\"message_type\":\"summary\"");
        assertThat(stored()).isGreaterThan(8L * LENGTH);
        String told = run("prune", "--verify-moves").output();

        assertThat(told).contains("were unused", "freed ", "moved ", "requests");
        assertThat(stored()).isBetween(3L * LENGTH, 3L * LENGTH + 600_000);
        assertThat(run("check", "--read-data").output()).contains("checked 2 snapshots", "no damage found");
        requireRestored("latest", live, "out");
        requireRestored("latest~1", before, "out-before");
        assertThat(run("prune").output()).contains("deleted 0 objects");
        assertThat(run("backup", live.toString()).output()).contains("nothing new to store");
    }

    @Test
    void aBackupGoesOnWhileAPruneRunsOnAnotherMachine() throws Exception {
        User other = new User(Files.createDirectory(folder.resolve("other")));
        other.environment.put("OBNAM_PASSPHRASE", "only for this test");
        other.environment.put("OBNAM_REPOSITORY", repository.toString());
        assertThat(other.run("init").code()).isZero();
        for (int i = 0; i < 3; i++) {
            write("a", i);
            write("b", 50 + i);
            run("backup", live.toString());
            run("forget", "--keep-last", "1");
            Thread pruning = new Thread(() -> {
                try {
                    User.Ended ended = other.run("prune");
                    assertThat(ended.code()).as(ended.toString()).isZero();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Throwable[] failed = {null};
            pruning.setUncaughtExceptionHandler((_, e) -> failed[0] = e);
            pruning.start();
            write("a", 100 + i);
            run("backup", live.toString());
            pruning.join();
            assertThat(failed[0]).isNull();
        }
        assertThat(run("check", "--read-data").output()).contains("no damage found");
        requireRestored("latest", live, "out");
        run("forget", "--keep-last", "1");
        run("prune");
        requireRestored("latest", live, "out-again");
        assertThat(stored()).isLessThan(2L * LENGTH + 600_000);
    }
}
