package obnam.engine.backup;

import static obnam.engine.format.FixedRepository.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import obnam.engine.BackupResult;
import obnam.engine.Snapshot;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which entries of the file system a backup takes: roots, exclusions, caches.
final class RootsTest {

    private static final String TAG = "Signature: 8a477f597d28d172789f06886806bc55";

    @TempDir
    Path folder;

    private TestBackups backups;

    @BeforeEach
    void makeTree() throws IOException {
        for (String path : List.of("a/one", "a/b/two", "a/b/c/three", "a/b/c/d/four", "x/five", "x/y/six")) {
            Path file = folder.resolve("root").resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, utf8(path));
        }
        backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 2);
    }

    private Path path(String name) {
        return folder.resolve("root").resolve(name);
    }

    private Iterable<String> names(Snapshot snapshot) {
        return backups.entries(snapshot, folder.resolve("root")).keySet();
    }

    @Test
    void onTheWayToARootOnlyTheWayIsTaken() {
        Snapshot snapshot = backups.backup(path("a/b/c"), path("x/y"));
        assertThat(names(snapshot))
                .containsExactly("a", "a/b", "a/b/c", "a/b/c/d", "a/b/c/d/four", "a/b/c/three", "x", "x/y", "x/y/six");
        assertThat(backups.entries(snapshot, folder).keySet()).allMatch(name -> name.startsWith("root"));
    }

    @Test
    void aRootMayBeAFile() {
        assertThat(names(backups.backup(path("a/one")))).containsExactly("a", "a/one");
    }

    @Test
    void aRootWithinARootChangesNothing() {
        Snapshot one = backups.backup(path("a"));
        Snapshot both = backups.backup(path("a"), path("a/b/c"));
        assertThat(backups.tree(both, path("a"))).isEqualTo(backups.tree(one, path("a")));
        assertThat(both.parent()).as("other roots, so no parent").isEmpty();
    }

    @Test
    void missingRootsAreReported() {
        Snapshot snapshot = backups.backup(path("a/b/c/d"), path("missing"), path("x/missing/deep"));
        assertThat(names(snapshot)).contains("a/b/c/d/four").doesNotContain("missing", "x/missing");
        assertThat(backups.problemTexts())
                .containsExactly(
                        path("missing") + ": no such file or directory",
                        path("x/missing") + ": no such file or directory");
    }

    @Test
    void missingRootsWithinARootAreReported() {
        backups.backup(path("a"), path("a/missing"));
        assertThat(backups.problemTexts()).containsExactly(path("a/missing") + ": no such file or directory");
    }

    @Test
    void rootsBehindALinkAreReported() throws IOException {
        Files.createSymbolicLink(path("link"), Path.of("a"));
        Snapshot snapshot = backups.backup(path("link/b/c"), path("x"));
        assertThat(names(snapshot)).containsExactly("x", "x/five", "x/y", "x/y/six");
        assertThat(backups.problemTexts())
                .containsExactly(path("link/b/c") + ": not reached: " + path("link") + " is no directory");
    }

    @Test
    void rootsBehindAFileAreReportedAndTheFileIsKeptWithinARoot() {
        Snapshot snapshot = backups.backup(path("a"), path("a/one/more"));
        assertThat(names(snapshot)).contains("a/one");
        assertThat(backups.problemTexts())
                .containsExactly(path("a/one/more") + ": not reached: " + path("a/one") + " is no directory");
    }

    @Test
    void whatIsExcludedIsLeftOutWithAllBelow() {
        backups.excluded = List.of("b", "five");
        assertThat(names(backups.backup(folder.resolve("root")))).containsExactly("a", "a/one", "x", "x/y", "x/y/six");
    }

    @Test
    void newExclusionsTakeEntriesOutOfTheNextSnapshot() {
        Path root = folder.resolve("root");
        backups.backup(root);
        backups.excluded = List.of("d", "x/");
        assertThat(names(backups.backup(root))).containsExactly("a", "a/b", "a/b/c", "a/b/c/three", "a/b/two", "a/one");
        backups.excluded = List.of();
        assertThat(names(backups.backup(root))).hasSize(12);
    }

    @Test
    void aNamedRootIsTakenThoughExcluded() {
        backups.excluded = List.of("one", "y");
        assertThat(names(backups.backup(path("a/one"), path("x/y"))))
                .containsExactly("a", "a/one", "x", "x/y", "x/y/six");
    }

    @Test
    void aRootWithinWhatIsExcludedBringsNothingElse() {
        backups.excluded = List.of("b");
        assertThat(names(backups.backup(path("a"), path("a/b/c/d"))))
                .containsExactly("a", "a/b", "a/b/c", "a/b/c/d", "a/b/c/d/four", "a/one");
    }

    private void tag(String directory) throws IOException {
        Files.write(path(directory).resolve("CACHEDIR.TAG"), utf8(TAG + "\n# more\n"));
    }

    private static List<String> hidden(BackupResult result) {
        return result.newlyHidden().stream()
                .map(path -> new String(path, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void ofACacheOnlyTheTagIsTaken() throws IOException {
        tag("a/b");
        backups.caches = true;
        BackupResult result = backups.run(path("a"));
        assertThat(names(result.snapshot().orElseThrow())).containsExactly("a", "a/b", "a/b/CACHEDIR.TAG", "a/one");
        assertThat(hidden(result)).isEmpty();
    }

    @Test
    void cachesAreTakenWholeOnRequest() throws IOException {
        tag("a/b");
        assertThat(names(backups.backup(path("a")))).contains("a/b/two", "a/b/c/d/four");
    }

    @Test
    void aTagWithoutTheSignatureHidesNothing() throws IOException {
        Files.write(path("a/b").resolve("CACHEDIR.TAG"), utf8(TAG.substring(0, 40)));
        backups.caches = true;
        assertThat(names(backups.backup(path("a")))).contains("a/b/two");
    }

    @Test
    void aNewTagThatHidesFilesIsReportedOnce() throws IOException {
        backups.caches = true;
        assertThat(hidden(backups.run(path("a")))).isEmpty();
        tag("a/b");
        assertThat(hidden(backups.run(path("a")))).containsExactly(path("a/b").toString());
        assertThat(hidden(backups.run(path("a")))).isEmpty();
    }

    @Test
    void aRootWithinACacheIsTaken() throws IOException {
        tag("a/b");
        backups.caches = true;
        assertThat(names(backups.backup(path("a"), path("a/b/c/d"))))
                .containsExactly("a", "a/b", "a/b/CACHEDIR.TAG", "a/b/c", "a/b/c/d", "a/b/c/d/four", "a/one");
    }
}
