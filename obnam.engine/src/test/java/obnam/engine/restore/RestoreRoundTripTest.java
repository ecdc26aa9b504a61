package obnam.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import obnam.api.InterruptedRunException;
import obnam.api.LocalException;
import obnam.api.UsageException;
import obnam.engine.HostileTree;
import obnam.engine.Progress;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import obnam.engine.TreeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreRoundTripTest {

    @TempDir
    Path folder;

    private TestRepository repository;
    private Path source;
    private Path target;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder);
        source = folder.resolve("source");
        target = folder.resolve("target");
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    @Test
    void bringsBackAHostileTreeWithAllItsMetadata() {
        long seed = new Random().nextLong();
        HostileTree.make(source, seed);
        Map<String, String> before = TreeState.of(source);
        Snapshot snapshot = repository.backup(source);

        RestoreResult result = repository.restore(snapshot, source, target);

        assertThat(repository.problemTexts()).as("seed %d", seed).isEmpty();
        assertThat(TreeState.of(target)).as("seed %d", seed).isEqualTo(before);
        assertThat(result.files()).isEqualTo(snapshot.counts().files());
        assertThat(result.bytes()).isEqualTo(snapshot.counts().bytes());
    }

    @Test
    void putsAWholeSnapshotBelowTheTargetWithItsPaths() throws IOException {
        Files.createDirectories(source.resolve("a"));
        Files.writeString(source.resolve("a/file"), "text");
        Snapshot snapshot = repository.backup(source);

        RestoreRequest all = new RestoreRequest(snapshot, Optional.empty(), TestRepository.bytes(target), false, false);
        repository.repository().restore(all, repository.progress());

        Path restored = Path.of(target + source.toString());
        assertThat(TreeState.of(restored)).isEqualTo(TreeState.of(source));
        // The directories on the way may belong to others, which only the superuser can restore.
        assertThat(repository.problemTexts()).allMatch(text -> text.contains("set the owner"));
    }

    @Test
    void restoresASingleFileUnderItsOwnName() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "text");
        Files.writeString(source.resolve("other"), "text");
        Snapshot snapshot = repository.backup(source);

        RestoreResult result = repository.restore(snapshot, source.resolve("file"), target);

        assertThat(target).isDirectoryContaining("glob:**/file");
        assertThat(target.resolve("other")).doesNotExist();
        assertThat(result.files()).isEqualTo(1);
    }

    @Test
    void refusesAPathThatTheSnapshotDoesNotHave() throws IOException {
        Files.createDirectory(source);
        Snapshot snapshot = repository.backup(source);

        assertThatThrownBy(() -> repository.restore(snapshot, source.resolve("missing"), target))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("missing");
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesATargetThatIsAFile() throws IOException {
        Files.createDirectory(source);
        Files.writeString(target, "in the way");
        Snapshot snapshot = repository.backup(source);

        assertThatThrownBy(() -> repository.restore(snapshot, source, target)).isInstanceOf(LocalException.class);
        assertThat(target).hasContent("in the way");
    }

    @Test
    void keepsALargeFileWithHolesSmallOnDisk() throws IOException {
        Files.createDirectory(source);
        long size = 100L << 30;
        byte[] data = new byte[1 << 20];
        new Random(1).nextBytes(data);
        try (RandomAccessFile file =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            file.setLength(size);
            file.seek(50L << 30);
            file.write(data);
        }
        Snapshot snapshot = repository.backup(source);

        repository.restore(snapshot, source, target);

        Path restored = target.resolve("sparse");
        assertThat(Files.size(restored)).isEqualTo(size);
        assertThat(TreeState.allocated(restored)).isLessThan(4 << 20);
        byte[] back = new byte[data.length];
        try (RandomAccessFile file = new RandomAccessFile(restored.toFile(), "r")) {
            file.seek(50L << 30);
            file.readFully(back);
        }
        assertThat(back).isEqualTo(data);
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void restoresALargeFileOnSeveralThreads() throws IOException {
        Files.createDirectory(source);
        byte[] data = new byte[40 << 20];
        new Random(2).nextBytes(data);
        Files.write(source.resolve("large"), data);
        Files.createLink(source.resolve("larger name"), source.resolve("large"));
        Snapshot snapshot = repository.backup(source);

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void restoresAThousandNestedDirectories() throws IOException {
        Path deepest = source;
        for (int i = 0; i < 1000; i++) {
            deepest = deepest.resolve("d");
        }
        Files.createDirectories(deepest);
        Files.writeString(deepest.resolve("file"), "deep");
        Snapshot snapshot = repository.backup(source);

        RestoreResult result = repository.restore(snapshot, source, target);
        assertThat(result.directories()).isEqualTo(1001);
        Path restored = target.resolve(source.relativize(deepest));
        assertThat(restored.resolve("file")).hasContent("deep");
        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
        // The clean-up of the temporary folder resolves the whole path of every directory, which takes minutes here.
        deleteUpwards(deepest.resolve("file"));
        deleteUpwards(restored.resolve("file"));
    }

    private void deleteUpwards(Path deepest) throws IOException {
        for (Path path = deepest; !path.equals(folder); path = path.getParent()) {
            Files.delete(path);
        }
    }

    @Test
    void restoresADirectoryOfManyFiles() throws IOException {
        Files.createDirectory(source);
        for (int i = 0; i < 5_000; i++) {
            Files.writeString(source.resolve("file " + i), i % 7 == 0 ? "" : "number " + i);
        }
        Snapshot snapshot = repository.backup(source);

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void dryRunWritesNothingAndCountsAll() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "text");
        Files.createSymbolicLink(source.resolve("link"), Path.of("file"));
        Snapshot snapshot = repository.backup(source);

        RestoreRequest dry = new RestoreRequest(
                snapshot, Optional.of(TestRepository.bytes(source)), TestRepository.bytes(target), true, false);
        RestoreResult result = repository.repository().restore(dry, repository.progress());

        assertThat(target).doesNotExist();
        assertThat(result).isEqualTo(new RestoreResult(1, 1, 1, 4, 0, 0));
    }

    @Test
    void stopsWhenCancelledAndLeavesNoUnfinishedFile() throws IOException {
        Files.createDirectory(source);
        for (int i = 0; i < 2000; i++) {
            Files.writeString(source.resolve("file " + i), "number " + i);
        }
        Snapshot snapshot = repository.backup(source);
        Progress progress = repository.progress();
        progress.cancel();

        assertThatThrownBy(() ->
                        repository.repository().restore(TestRepository.request(snapshot, source, target), progress))
                .isInstanceOf(InterruptedRunException.class);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void keepsTimesOfDirectoriesThatAreFilledByOtherThreads() throws IOException {
        for (int i = 0; i < 300; i++) {
            Path directory = Files.createDirectories(source.resolve("d" + i % 10 + "/e" + i));
            Files.writeString(directory.resolve("file"), "number " + i);
            Files.setLastModifiedTime(directory, FileTime.fromMillis(i * 1000L));
        }
        Snapshot snapshot = repository.backup(source);

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
    }
}
