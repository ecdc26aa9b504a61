package obnam.engine.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import obnam.api.UsageException;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeListerTest {

    @TempDir
    Path folder;

    private TestRepository repository;
    private Path source;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = TestRepository.create(folder);
        source = Files.createDirectory(folder.resolve("source"));
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    private List<String> list(Snapshot snapshot, String path, boolean recursive) {
        List<String> paths = new ArrayList<>();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        repository.repository().list(snapshot, bytes, recursive, (found, entry, _, _) -> {
            assertThat(found).endsWith(entry.name());
            paths.add(new String(found, StandardCharsets.UTF_8));
        });
        return paths;
    }

    @Test
    void listsOneLevelInOrder() throws IOException {
        Files.createDirectories(source.resolve("b/below"));
        Files.writeString(source.resolve("a"), "");
        Files.writeString(source.resolve("c"), "");
        Snapshot snapshot = repository.backup(source);

        assertThat(list(snapshot, source.toString(), false))
                .containsExactly(source + "/a", source + "/b", source + "/c");
        assertThat(list(snapshot, source + "//b/", false)).containsExactly(source + "/b/below");
    }

    @Test
    void listsAllLevelsWithEachDirectoryBeforeItsContent() throws IOException {
        Files.createDirectories(source.resolve("b/d"));
        Files.writeString(source.resolve("b/e"), "");
        Files.writeString(source.resolve("c"), "");
        Snapshot snapshot = repository.backup(source);

        assertThat(list(snapshot, source.toString(), true))
                .containsExactly(source + "/b", source + "/b/d", source + "/b/e", source + "/c");
        String top = "/" + source.getName(0);
        assertThat(list(snapshot, "", false)).containsExactly(top);
        assertThat(list(snapshot, "/", true)).startsWith(top).endsWith(source + "/c");
    }

    @Test
    void listsAFileAsItself() throws IOException {
        Files.writeString(source.resolve("file"), "text");
        Snapshot snapshot = repository.backup(source);

        assertThat(list(snapshot, source + "/file", true)).containsExactly(source + "/file");
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        Files.writeString(source.resolve("file"), "text");
        Snapshot snapshot = repository.backup(source);

        for (String path : List.of(source + "/other", source + "/file/below", source + "/..")) {
            assertThatThrownBy(() -> list(snapshot, path, false))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(path);
        }
        assertThatThrownBy(() -> list(snapshot, "relative", false)).isInstanceOf(UsageException.class);
    }

    @Test
    void findsEveryNameOfALargeDirectory() throws IOException {
        List<String> expected = IntStream.range(0, 6000)
                .mapToObj(number -> source + "/file " + number)
                .sorted()
                .toList();
        for (String path : expected) {
            Files.createFile(Path.of(path));
        }
        Snapshot snapshot = repository.backup(source);

        assertThat(list(snapshot, source.toString(), false)).isEqualTo(expected);
        Stream<String> some = expected.stream().filter(path -> path.hashCode() % 50 == 0);
        assertThat(some)
                .allSatisfy(path -> assertThat(list(snapshot, path, false)).containsExactly(path));
        assertThatThrownBy(() -> list(snapshot, source + "/file 59999", false)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> list(snapshot, source + "/a", false)).isInstanceOf(UsageException.class);
    }
}
