package obnam.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.CheckRequest;
import obnam.engine.CheckResult;
import obnam.engine.HostileTree;
import obnam.engine.TestRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {

    @TempDir
    Path folder;

    private TestRepository repository;
    private Path source;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder);
        source = folder.resolve("source");
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    private CheckResult checkStructure() {
        return repository.repository().check(new CheckRequest(false), repository.progress());
    }

    private ObjectName any(ObjectKind kind) {
        return repository.objects().keySet().stream()
                .filter(name -> name.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsNothingWrongWithSnapshotsOfAHostileTree() throws IOException {
        HostileTree.make(source, 5);
        repository.backup(source);
        Files.writeString(source.resolve("new"), "new");
        repository.backup(source);

        CheckResult result = repository.check();

        assertThat(repository.problemTexts()).isEmpty();
        assertThat(result.damaged()).isZero();
        assertThat(result.snapshots()).isEqualTo(2);
        long packs = repository.objects().keySet().stream()
                .filter(name -> name.kind() == ObjectKind.PACK)
                .count();
        assertThat(result.packs()).isEqualTo(packs);
        assertThat(result.bytesRead()).isPositive();
    }

    @Test
    void reportsEverySnapshotWhoseTreesAreInNoIndex() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "text");
        repository.backup(source);
        repository.objects().forEach((name, _) -> {
            if (name.kind() == ObjectKind.INDEX) {
                repository.remove(name);
            }
        });
        Files.writeString(source.resolve("other"), "text of another file");
        repository.backup(source);
        repository.objects().keySet().stream()
                .filter(name -> name.kind() == ObjectKind.INDEX)
                .forEach(repository::remove);

        CheckResult result = checkStructure();

        assertThat(result.damaged()).isEqualTo(2);
        assertThat(repository.problemTexts()).allMatch(text -> text.contains("in no index"));
    }

    @Test
    void reportsMissingAndShortPacksWithoutReadingThem() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "text");
        repository.backup(source);
        ObjectName pack = any(ObjectKind.PACK);
        byte[] bytes = repository.objects().get(pack);
        repository.replace(pack, Arrays.copyOf(bytes, bytes.length - 1));

        checkStructure();
        assertThat(repository.problemTexts()).anyMatch(text -> text.contains(pack.hex()) && text.contains("bytes"));

        repository.problems.clear();
        repository.remove(pack);
        checkStructure();
        assertThat(repository.problemTexts()).anyMatch(text -> text.contains(pack.hex()) && text.contains("missing"));
    }

    @Test
    void aDamagedIndexDoesNotHideTheOthers() throws IOException {
        Files.createDirectory(source);
        Files.writeString(source.resolve("file"), "text");
        repository.backup(source);
        byte[] other = new byte[600];
        new Random(1).nextBytes(other);
        repository.replace(new ObjectName(ObjectKind.INDEX, "0".repeat(64)), other);

        CheckResult result = repository.check();

        assertThat(result.damaged()).isEqualTo(1);
        assertThat(repository.problemTexts()).singleElement().asString().contains("0".repeat(64));
        assertThat(result.snapshots()).isEqualTo(1);
    }

    @Test
    void aPackThatNoIndexNamesIsNoDamage() throws IOException {
        Files.createDirectory(source);
        repository.backup(source);
        repository.replace(new ObjectName(ObjectKind.PACK, "1".repeat(64)), new byte[100]);

        assertThat(repository.check().damaged()).isZero();
    }
}
