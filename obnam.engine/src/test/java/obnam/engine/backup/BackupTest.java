package obnam.engine.backup;

import static obnam.engine.format.FixedRepository.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.engine.BackupResult;
import obnam.engine.Entry;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.PosixException;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a small tree, and what later ones notice.
final class BackupTest {

    private static final int EACCES = 13;

    @TempDir
    Path folder;

    private final RecordingStore store = new RecordingStore(new MemoryStore());
    private Path root;
    private TestBackups backups;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        SplittableRandom random = new SplittableRandom(42);
        for (int d = 0; d < 12; d++) {
            Path directory = Files.createDirectories(root.resolve("d" + d % 4 + "/e" + d));
            for (int f = 0; f < 8; f++) {
                byte[] content = new byte[random.nextInt(50_000)];
                random.nextBytes(content);
                Files.write(directory.resolve("f" + f), content);
            }
        }
        Files.createSymbolicLink(root.resolve("link"), Path.of("d0/e0"));
        Files.createDirectory(root.resolve("nothing"));
        Files.createFile(root.resolve("empty"));
        backups = backups(3);
    }

    private TestBackups backups(int threads) {
        return new TestBackups(store, folder.resolve("state"), threads);
    }

    private static Path file(Path root) {
        return root.resolve("d1/e5/f3");
    }

    @Test
    void theSnapshotHoldsWhatTheFilesHold() throws IOException {
        Snapshot snapshot = backups.backup(root);
        Map<String, Entry> entries = backups.entries(snapshot, root);
        assertThat(backups.problemTexts()).isEmpty();
        try (var paths = Files.walk(root)) {
            Set<String> expected = new HashSet<>();
            paths.filter(path -> !path.equals(root))
                    .forEach(path -> expected.add(root.relativize(path).toString()));
            assertThat(entries.keySet()).isEqualTo(expected);
        }
        for (String path : List.of("d1/e5/f3", "d3/e11/f7", "empty")) {
            assertThat(backups.content(entries.get(path))).isEqualTo(Files.readAllBytes(root.resolve(path)));
        }
        assertThat(snapshot.counts().files()).isEqualTo(97);
        assertThat(snapshot.counts().filesRead()).isEqualTo(97);
        assertThat(snapshot.counts().others()).isEqualTo(1);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Set<TreeReference> trees = new HashSet<>();
        Set<Set<ChunkId>> chunks = new HashSet<>();
        for (int threads : List.of(1, 2, 3, 8)) {
            TestBackups one = new TestBackups(new MemoryStore(), folder.resolve("state" + threads), threads);
            Snapshot snapshot = one.backup(root);
            trees.add(one.tree(snapshot, root));
            Set<ChunkId> data = new HashSet<>();
            one.entries(snapshot, root).values().stream()
                    .filter(entry -> entry.body() instanceof Entry.File)
                    .flatMap(entry -> one.pieces(entry).stream())
                    .forEach(piece -> data.add(piece.chunk().orElseThrow()));
            assertThat(one.chunks()).containsAll(data);
            chunks.add(data);
        }
        assertThat(trees).hasSize(1);
        assertThat(chunks).hasSize(1);
    }

    @Test
    void aSecondRunOpensNoFileAndPutsNoPack() {
        Snapshot first = backups.backup(root);
        store.clear();
        SpyFiles spy = new SpyFiles((_, _) -> {});
        backups.files = spy.files();
        Snapshot second = backups.backup(root);
        assertThat(backups.tree(second, root)).isEqualTo(backups.tree(first, root));
        assertThat(second.parent()).contains(first.name());
        assertThat(spy.opened).isEmpty();
        assertThat(store.count(Operation.PUT, ObjectKind.SNAPSHOT)).isEqualTo(1);
        assertThat(store.count(Operation.PUT, ObjectKind.PACK))
                .as("at most the directories on the way to the root")
                .isLessThanOrEqualTo(1);
        assertThat(second.counts().newChunks()).isZero();
        assertThat(second.counts().files()).isEqualTo(97);
        assertThat(second.counts().bytes()).isEqualTo(first.counts().bytes());
    }

    @Test
    void readingAllAgainStoresNothingNew() {
        Snapshot first = backups.backup(root);
        store.clear();
        backups.readAll = true;
        Snapshot second = backups.backup(root);
        assertThat(backups.tree(second, root)).isEqualTo(backups.tree(first, root));
        assertThat(second.counts().filesRead()).isEqualTo(97);
        assertThat(second.counts().newChunks()).isZero();
    }

    private Map<String, Entry> after(Snapshot first) {
        Snapshot second = backups.backup(root);
        assertThat(second.parent()).contains(first.name());
        assertThat(backups.problemTexts()).isEmpty();
        Map<String, Entry> entries = backups.entries(second, root);
        TestBackups fresh = new TestBackups(new MemoryStore(), folder.resolve("fresh"), 2);
        Snapshot whole = fresh.backup(root);
        assertThat(backups.tree(second, root))
                .as("the same as without a parent")
                .isEqualTo(fresh.tree(whole, root));
        return entries;
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        Snapshot first = backups.backup(root);
        byte[] content = Files.readAllBytes(file(root));
        content[10] ^= 1;
        Files.write(file(root), content);
        SpyFiles spy = new SpyFiles((_, _) -> {});
        backups.files = spy.files();
        Map<String, Entry> entries = after(first);
        assertThat(backups.content(entries.get("d1/e5/f3"))).isEqualTo(content);
        assertThat(spy.opened).containsExactly("f3");
    }

    @Test
    void changedAttributesOfFilesAndDirectoriesAreNoticed() throws IOException {
        Snapshot first = backups.backup(root);
        Files.setPosixFilePermissions(file(root), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(
                root.resolve("d2"), java.nio.file.attribute.PosixFilePermissions.fromString("rwx-----x"));
        Map<String, Entry> entries = after(first);
        assertThat(entries.get("d1/e5/f3").mode()).isEqualTo(0700);
        assertThat(entries.get("d2").mode()).isEqualTo(0701);
    }

    @Test
    void newRenamedAndRemovedEntriesAreNoticed() throws IOException {
        Snapshot first = backups.backup(root);
        Files.move(root.resolve("d0/e4"), root.resolve("d3/moved"));
        Files.move(root.resolve("d2/e2/f0"), root.resolve("d2/e2/zz"));
        Files.delete(root.resolve("d2/e6/f7"));
        Files.delete(root.resolve("nothing"));
        Files.write(root.resolve("a-new-one"), utf8("new"));
        Files.createDirectory(root.resolve("zz-new-directory"));
        Map<String, Entry> entries = after(first);
        assertThat(entries.keySet())
                .contains("d3/moved/f7", "d2/e2/zz", "a-new-one", "zz-new-directory")
                .doesNotContain("d0/e4", "d2/e2/f0", "d2/e6/f7", "nothing");
    }

    @Test
    void whatBecameSomethingElseIsNoticed() throws IOException {
        Snapshot first = backups.backup(root);
        Files.delete(root.resolve("empty"));
        Files.createDirectory(root.resolve("empty"));
        Files.delete(root.resolve("nothing"));
        Files.write(root.resolve("nothing"), utf8("something"));
        Files.delete(root.resolve("link"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("d0/e1"));
        Map<String, Entry> entries = after(first);
        assertThat(entries.get("empty").body()).isInstanceOf(Entry.Directory.class);
        assertThat(backups.content(entries.get("nothing"))).isEqualTo(utf8("something"));
        assertThat(((Entry.Symlink) entries.get("link").body()).target()).isEqualTo(utf8("d0/e1"));
    }

    /// Size, owner and time of modification are the same then; the inode tells, and the time of the change.
    @Test
    void aFileReplacedByOneOfTheSameTimeIsNoticed() throws IOException {
        Snapshot first = backups.backup(root);
        Path other = folder.resolve("other");
        byte[] content = new byte[(int) Files.size(file(root))];
        Files.write(other, content);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file(root)));
        Files.move(other, file(root), StandardCopyOption.REPLACE_EXISTING);
        assertThat(backups.content(after(first).get("d1/e5/f3"))).isEqualTo(content);
    }

    private SpyFiles failing(String call, String file) {
        return new SpyFiles((now, name) -> {
            if (now.equals(call) && name.equals(file)) {
                throw new PosixException(EACCES, call, utf8(name));
            }
        });
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndTriedAgain() throws IOException {
        Files.write(root.resolve("secret"), utf8("secret"));
        for (String call : List.of("openFile", "read", "extendedAttributes")) {
            TestBackups one = new TestBackups(new MemoryStore(), folder.resolve("state-" + call), 2);
            one.files = failing(call, "secret").files();
            BackupResult result = one.run(root);
            assertThat(one.problemTexts()).as(call).hasSize(1);
            assertThat(one.problemTexts().getFirst()).startsWith(root + "/secret: permission denied");
            assertThat(result.counts().unreadable()).isEqualTo(1);
            assertThat(result.counts().files()).isEqualTo(97);
            assertThat(one.entries(result.snapshot().orElseThrow(), root)).doesNotContainKey("secret");
            one.files = obnam.posix.FileSystem.local();
            Snapshot second = one.backup(root);
            assertThat(one.content(one.entries(second, root).get("secret"))).isEqualTo(utf8("secret"));
        }
    }

    @Test
    void aFileThatCannotBeClosedIsKeptAndFinishedOnce() {
        backups.files = failing("close", "f3").files();
        Snapshot snapshot = backups.backup(root);
        assertThat(backups.problemTexts()).isEmpty();
        assertThat(backups.entries(snapshot, root)).containsKey("d1/e5/f3");
    }

    @Test
    void aDirectoryThatCannotBeListedIsIncompleteAndTriedAgain() {
        List<String> listed = new ArrayList<>();
        backups.files = new SpyFiles((call, _) -> {
                    if (call.equals("list")) {
                        synchronized (listed) {
                            listed.add(call);
                            if (listed.size() == 3) {
                                throw new PosixException(EACCES, call, new byte[0]);
                            }
                        }
                    }
                })
                .files();
        Snapshot first = backups.backup(root);
        assertThat(backups.problemTexts()).hasSize(1);
        assertThat(backups.entries(first, root).values().stream().filter(Entry::incomplete))
                .hasSize(1);
        backups.problems.clear();
        backups.files = obnam.posix.FileSystem.local();
        Map<String, Entry> entries = after(first);
        assertThat(entries.values().stream().filter(Entry::incomplete)).isEmpty();
    }

    @Test
    void aFileThatChangesOnceWhileItIsReadIsReadAgain() throws IOException {
        Path target = file(root);
        byte[] changed = utf8("changed while it was read");
        List<String> done = new ArrayList<>();
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("read") && name.equals("once") && done.isEmpty()) {
                        done.add(name);
                        write(root.resolve("once"), changed);
                    }
                })
                .files();
        Files.copy(target, root.resolve("once"));
        Snapshot snapshot = backups.backup(root);
        Entry entry = backups.entries(snapshot, root).get("once");
        assertThat(backups.content(entry)).isEqualTo(changed);
        assertThat(entry.incomplete()).isFalse();
        assertThat(backups.problemTexts()).isEmpty();
    }

    @Test
    void aFileThatAlwaysChangesIsKeptMarkedAndReadNextTime() throws IOException {
        Files.write(root.resolve("log"), utf8("begin"));
        int[] size = {5};
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("read") && name.equals("log")) {
                        write(root.resolve("log"), new byte[++size[0]]);
                    }
                })
                .files();
        Snapshot first = backups.backup(root);
        Entry entry = backups.entries(first, root).get("log");
        assertThat(entry.incomplete()).isTrue();
        assertThat(backups.problemTexts()).hasSize(1);
        assertThat(backups.problemTexts().getFirst()).contains("changed while it was read");
        assertThat(backups.content(entry)).hasSize((int) ((Entry.File) entry.body()).size());
        backups.problems.clear();
        SpyFiles spy = new SpyFiles((_, _) -> {});
        backups.files = spy.files();
        assertThat(after(first).get("log").incomplete()).isFalse();
        assertThat(spy.opened).containsExactly("log");
    }

    private static void write(Path path, byte[] content) {
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatVanishesBetweenListingAndReadingIsReported() throws IOException {
        Files.write(root.resolve("gone"), utf8("gone"));
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("openFile") && name.equals("gone")) {
                        try {
                            Files.deleteIfExists(root.resolve("gone"));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                })
                .files();
        Snapshot snapshot = backups.backup(root);
        assertThat(backups.entries(snapshot, root)).doesNotContainKey("gone").hasSize(115);
        assertThat(backups.problemTexts()).containsExactly(root + "/gone: no such file or directory");
    }
}
