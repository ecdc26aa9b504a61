package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import obnam.api.ObjectKind;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a backup asks of a store, call by call: every one of them costs time on a network, and many cost
/// money.
final class BackupCostTest {

    @TempDir
    Path folder;

    private final MemoryStore memory = new MemoryStore();
    private final RecordingStore store = new RecordingStore(memory);
    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < 200; i++) {
            write("d" + i % 10 + "/f" + i, i);
        }
        backup();
        store.clear();
    }

    private void write(String file, long seed) throws IOException {
        byte[] content = new byte[3000];
        new SplittableRandom(seed).nextBytes(content);
        Files.write(
                Files.createDirectories(root.resolve(file).getParent())
                        .resolve(root.resolve(file).getFileName()),
                content);
    }

    private void backup() {
        TestBackups client = new TestBackups(store, folder.resolve("state"), 2);
        client.cached = true;
        client.backup(root);
    }

    private List<String> calls() {
        return store.calls().stream().map(BackupCostTest::text).toList();
    }

    private static String text(StoreCall call) {
        return call.operation() + call.kind().map(kind -> " " + kind).orElse("");
    }

    private long stored() {
        return memory.contents().values().stream()
                .mapToLong(object -> object.length)
                .sum();
    }

    @Test
    void aBackupOfNothingNewPutsANoticeAndASnapshot() {
        backup();

        // the tree of / changes with the times of the folder that the test keeps its state in
        assertThat(calls().stream().filter(call -> !call.startsWith("GET")).toList())
                .containsExactly(
                        "LIST INDEX",
                        "LIST SNAPSHOT",
                        "PUT NOTICE",
                        "BARRIER",
                        "LIST INDEX",
                        "LIST SNAPSHOT",
                        "PUT SNAPSHOT",
                        "BARRIER",
                        "SIZE NOTICE",
                        "DELETE NOTICE");
    }

    @Test
    void aChangeOfOneSmallFileAddsAtMost32KiBAndTakesFewCalls() throws IOException {
        long before = stored();
        write("d3/f13", 4711);

        backup();

        assertThat(stored() - before).isLessThanOrEqualTo(32 << 10);
        assertThat(store.count(Operation.PUT, ObjectKind.PACK)).isEqualTo(2);
        assertThat(store.count(Operation.PUT, ObjectKind.INDEX)).isEqualTo(1);
        assertThat(store.count(Operation.PUT, ObjectKind.NOTICE)).isEqualTo(1);
        assertThat(store.count(Operation.PUT)).isEqualTo(5);
        assertThat(store.count(Operation.BARRIER)).isEqualTo(3);
        assertThat(store.count(Operation.LIST)).isEqualTo(4);
        assertThat(store.count(Operation.DELETE)).isEqualTo(1);
        assertThat(store.count(Operation.SIZE)).isBetween(2L, 6L); // packs that it relies on, and the notice
    }
}
