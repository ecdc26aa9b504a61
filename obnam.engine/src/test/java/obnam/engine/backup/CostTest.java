package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.api.ObjectKind;
import obnam.engine.Counts;
import obnam.engine.Snapshot;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards what a backup costs, in calls and bytes: these do not depend on the machine as times do.
class CostTest {

    private static final int DIRECTORIES = 20;
    private static final int FILES = 50;
    private static final int ENTRIES = DIRECTORIES * (FILES + 1);
    /// The directories on the way from `/` to the tree are looked at too.
    private static final int ON_THE_WAY = 40;

    private final RecordingStore store = new RecordingStore(new MemoryStore());
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final SpyFiles spy = new SpyFiles(
            (call, _) -> calls.computeIfAbsent(call, _ -> new AtomicInteger()).incrementAndGet());
    private Path live;
    private TestBackups backups;
    private long bytes;

    @BeforeEach
    void aTree(@TempDir Path folder) throws IOException {
        live = Files.createDirectory(folder.resolve("live"));
        backups = new TestBackups(store, folder.resolve("state"), 2);
        backups.files = spy.files();
        Random random = new Random(4711);
        for (int i = 0; i < DIRECTORIES; i++) {
            Path directory = Files.createDirectory(live.resolve("directory" + i));
            for (int j = 0; j < FILES; j++) {
                byte[] content = new byte[random.nextInt(4000)];
                random.nextBytes(content);
                Files.write(directory.resolve("file" + j), content);
                bytes += content.length;
            }
        }
    }

    private int count(String call) {
        return calls.containsKey(call) ? calls.get(call).get() : 0;
    }

    private int statusCalls() {
        return count("status") + count("statusIfPresent");
    }

    private void forgetCounts() {
        calls.clear();
        spy.opened.clear();
        store.clear();
    }

    @Test
    void aFirstBackupOpensAndHashesEveryFileOnce() {
        Counts counts = backups.run(live).counts();

        assertThat(spy.opened).hasSize(DIRECTORIES * FILES);
        assertThat(counts.bytesRead()).isEqualTo(bytes);
        assertThat(counts.newBytes()).isEqualTo(bytes);
        assertThat(statusCalls())
                .as("one for each entry by the scan, two for each file that is read, some for each directory")
                .isLessThanOrEqualTo(3 * ENTRIES + 4 * DIRECTORIES + ON_THE_WAY);
        assertThat(store.count(Operation.PUT, ObjectKind.PACK))
                .as("one of data and one of trees")
                .isEqualTo(2);
        assertThat(store.count(Operation.PUT, ObjectKind.INDEX)).isEqualTo(1);
        assertThat(store.count(Operation.PUT, ObjectKind.SNAPSHOT)).isEqualTo(1);
        assertThat(store.bytes(Operation.PUT, ObjectKind.PACK)).isLessThan(bytes + bytes / 8 + (128 << 10));
    }

    @Test
    void anUnchangedFileCostsOneStatusCallAndNothingElse() {
        backups.backup(live);
        forgetCounts();

        Counts counts = backups.run(live).counts();

        assertThat(spy.opened).isEmpty();
        assertThat(counts.bytesRead()).isZero();
        assertThat(counts.newChunks()).isZero();
        assertThat(count("statusIfPresent")).isBetween(ENTRIES, ENTRIES + ON_THE_WAY);
        assertThat(count("status")).isLessThanOrEqualTo(2 * DIRECTORIES + ON_THE_WAY);
        assertThat(count("extendedAttributes") + count("fileFlags")).isLessThanOrEqualTo(2 * ON_THE_WAY);
    }

    @Test
    void aBackupWithoutChangesPutsAHandfulOfSmallObjects() {
        backups.backup(live);
        forgetCounts();

        backups.backup(live);

        assertThat(store.count(Operation.PUT, ObjectKind.SNAPSHOT)).isEqualTo(1);
        assertThat(store.count(Operation.PUT, ObjectKind.NOTICE)).isLessThanOrEqualTo(1);
        assertThat(store.count(Operation.PUT))
                .as("directories on the way may change")
                .isLessThanOrEqualTo(4);
        assertThat(store.count(Operation.BARRIER)).isLessThanOrEqualTo(6);
        assertThat(store.count(Operation.LIST)).isLessThanOrEqualTo(8);
        assertThat(store.count(Operation.GET_RANGE)).as("blocks of trees").isLessThanOrEqualTo(4);
    }

    @Test
    void aChangedFileIsTheOnlyOneThatIsRead() throws IOException {
        Snapshot first = backups.backup(live);
        Path changed = live.resolve("directory7/file7");
        Files.write(changed, new byte[] {1, 2, 3});
        forgetCounts();

        Counts counts = backups.run(live).counts();

        assertThat(spy.opened).containsExactly("file7");
        assertThat(counts.bytesRead()).isEqualTo(3);
        assertThat(counts.newBytes()).isEqualTo(3);
        assertThat(stored()).as("what one small change adds").isLessThan(32 << 10);
        assertThat(first.tree()).isNotNull();
    }

    private long stored() {
        return store.calls().stream()
                .filter(call -> call.operation() == Operation.PUT)
                .mapToLong(call -> call.bytes())
                .sum();
    }

    @Test
    void aLargeFileIsReadOnceOnAllThreadsTogether() {
        Path large = live.resolve("large");
        byte[] content = new byte[20 << 20];
        new Random(815).nextBytes(content);
        write(large, content);

        Counts counts = backups.run(large).counts();

        assertThat(counts.bytesRead()).isEqualTo(content.length);
        assertThat(counts.newBytes()).isEqualTo(content.length);
        assertThat(spy.read.stream().filter("large"::equals).count())
                .as("reads, each of up to 4 MiB and 64 bytes that overlap")
                .isLessThanOrEqualTo(2L * content.length / (1 << 20));
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
