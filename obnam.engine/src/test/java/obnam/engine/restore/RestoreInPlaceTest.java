package obnam.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import obnam.engine.HostileTree;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import obnam.engine.TreeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreInPlaceTest {

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

    private static Map<Path, Object> changeTimes(Path path) throws IOException {
        Map<Path, Object> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.toList()) {
                times.put(one, Files.getAttribute(one, "unix:ctime", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return times;
    }

    @Test
    void leavesAloneWhatIsRightAlready() throws IOException {
        long seed = new Random().nextLong();
        HostileTree.make(source, seed);
        Snapshot snapshot = repository.backup(source);
        repository.restore(snapshot, source, target);
        Map<String, String> state = TreeState.of(target);
        Files.setPosixFilePermissions(target.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(target.resolve("closed"), PosixFilePermissions.fromString("r-x------"));
        Map<Path, Object> times = changeTimes(target);

        RestoreResult result = repository.restore(snapshot, source, target);

        assertThat(result.bytesWritten()).isZero();
        assertThat(TreeState.of(target)).as("seed %d", seed).isEqualTo(state);
        times.keySet().removeIf(path -> path.startsWith(target.resolve("closed")));
        assertThat(changeTimes(target)).as("seed %d", seed).containsAllEntriesOf(times);
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void writesOnlyWhatDiffers() throws IOException {
        Files.createDirectory(source);
        byte[] data = new byte[10 << 20];
        new Random(3).nextBytes(data);
        Files.write(source.resolve("file"), data);
        Snapshot snapshot = repository.backup(source);
        repository.restore(snapshot, source, target);
        try (RandomAccessFile file = new RandomAccessFile(target.resolve("file").toFile(), "rw")) {
            file.seek(5 << 20);
            file.write(~data[5 << 20]);
            file.setLength(data.length + 1000);
        }

        RestoreResult result = repository.restore(snapshot, source, target);

        assertThat(result.bytesWritten()).isBetween(1L, 64L << 10);
        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
    }

    @Test
    void makesHolesWhereThereWereData() throws IOException {
        Files.createDirectory(source);
        try (RandomAccessFile file = new RandomAccessFile(source.resolve("file").toFile(), "rw")) {
            file.setLength(20 << 20);
        }
        Snapshot snapshot = repository.backup(source);
        Files.createDirectory(target);
        Files.write(target.resolve("file"), new byte[] {1, 2, 3});
        try (RandomAccessFile file = new RandomAccessFile(target.resolve("file").toFile(), "rw")) {
            file.seek(10 << 20);
            file.write(new byte[1 << 20]);
            file.write(7);
        }

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void doesNotChangeOtherNamesOfAFileInTheWay() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "as it was");
        Snapshot snapshot = repository.backup(source);
        Files.createDirectory(target);
        Path outside = folder.resolve("outside");
        Files.writeString(outside, "not to be changed");
        Files.createLink(target.resolve("file"), outside);

        repository.restore(snapshot, source, target);

        assertThat(outside).hasContent("not to be changed");
        assertThat(target.resolve("file")).hasContent("as it was");
        assertThat(target).isDirectoryNotContaining("glob:**/.obnam*");
    }

    @Test
    void neverFollowsASymlinkInTheTarget() throws IOException {
        Files.createDirectories(source.resolve("directory"));
        Files.writeString(source.resolve("directory/file"), "restored");
        Files.writeString(source.resolve("plain"), "restored");
        Snapshot snapshot = repository.backup(source);
        Path canary = Files.createDirectory(folder.resolve("canary"));
        Files.writeString(canary.resolve("file"), "canary");
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("directory"), canary);
        Files.createSymbolicLink(target.resolve("plain"), canary.resolve("file"));
        Map<String, String> before = TreeState.of(canary);

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(canary)).isEqualTo(before);
        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
    }

    @Test
    void reportsADirectoryInTheWayThatHasEntriesAndRestoresTheRest() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("a"), "a");
        Files.createSymbolicLink(source.resolve("b"), Path.of("a"));
        Files.writeString(source.resolve("c"), "c");
        Snapshot snapshot = repository.backup(source);
        Files.createDirectories(target.resolve("a/full"));
        Files.createDirectories(target.resolve("b/full"));
        Files.createDirectories(target.resolve("c"));

        repository.restore(snapshot, source, target);

        assertThat(repository.problemTexts())
                .hasSize(2)
                .anyMatch(text -> text.startsWith(source + "/a: "))
                .anyMatch(text -> text.startsWith(source + "/b: "));
        assertThat(target.resolve("a/full")).isDirectory();
        assertThat(target.resolve("c")).hasContent("c");
    }

    @Test
    void leavesAloneWhatTheSnapshotDoesNotHave() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("a"), "a");
        Snapshot snapshot = repository.backup(source);
        Files.createDirectory(target);
        Files.writeString(target.resolve("mine"), "mine");

        repository.restore(snapshot, source, target);

        assertThat(target.resolve("mine")).hasContent("mine");
        assertThat(target.resolve("a")).hasContent("a");
    }

    @Test
    void linksAgainWhatWasCopied() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("a"), "a");
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Snapshot snapshot = repository.backup(source);
        repository.restore(snapshot, source, target);
        Files.delete(target.resolve("b"));
        Files.writeString(target.resolve("b"), "something else");

        repository.restore(snapshot, source, target);

        assertThat(TreeState.of(target)).isEqualTo(TreeState.of(source));
    }
}
