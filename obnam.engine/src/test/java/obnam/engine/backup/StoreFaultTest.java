package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectKind;
import obnam.api.ObnamException;
import obnam.api.StoreException;
import obnam.engine.BackupResult;
import obnam.engine.Entry;
import obnam.engine.Snapshot;
import obnam.testkit.FaultyStore;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs that fail, are stopped, or are to store nothing.
final class StoreFaultTest {

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        write(1);
    }

    private void write(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[20_000];
            random.nextBytes(content);
            Files.write(Files.createDirectories(root.resolve("d" + i % 3)).resolve("f" + i), content);
        }
    }

    private void requireWhole(TestBackups backups, Snapshot snapshot, String file, byte[] content) {
        Map<String, Entry> entries = backups.entries(snapshot, root);
        assertThat(entries).hasSize(23);
        assertThat(backups.content(entries.get(file))).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyStore.Mode.class,
            names = {"ERROR_BEFORE", "ERROR_AFTER", "LASTING_ERROR"})
    void anErrorOfAnyCallEndsTheRunAndHarmsNothing(FaultyStore.Mode mode) throws IOException {
        MemoryStore healthy = new MemoryStore();
        byte[] old = Files.readAllBytes(root.resolve("d1/f1"));
        Snapshot first = new TestBackups(healthy, folder.resolve("state"), 1).backup(root);
        write(2);
        byte[] changed = Files.readAllBytes(root.resolve("d1/f1"));
        RecordingStore recording = new RecordingStore(healthy.copy());
        new TestBackups(recording, folder.resolve("state-counting"), 1).backup(root);
        List<StoreCall> calls = recording.calls();
        assertThat(calls).hasSizeGreaterThan(8);
        for (StoreCall call : calls) {
            MemoryStore store = healthy.copy();
            FaultyStore faulty = new FaultyStore(store).failAt(call.number(), mode);
            Path state = folder.resolve("state-" + mode + call.number());
            if (call.operation() == StoreCall.Operation.DELETE) { // of the notice, when all is done
                new TestBackups(faulty, state, 1).backup(root);
            } else {
                assertThatThrownBy(() -> new TestBackups(faulty, state, 1).backup(root))
                        .as("%s", call)
                        .isInstanceOf(StoreException.class);
            }
            TestBackups next = new TestBackups(store, state, 2);
            requireWhole(next, first, "d1/f1", old);
            Snapshot second = next.backup(root);
            assertThat(next.problemTexts()).isEmpty();
            requireWhole(next, second, "d1/f1", changed);
            next.records()
                    .forEach(record ->
                            assertThat(next.entries(record.snapshot(), root)).hasSize(23));
            assertThat(store.contents().keySet()).as("%s", call).noneMatch(name -> name.kind() == ObjectKind.NOTICE);
            assertThat(state.resolve("runs")).as("%s", call).isEmptyDirectory();
        }
    }

    @Test
    void aCancelledRunEndsAndTheNextUsesWhatItStored() {
        MemoryStore store = new MemoryStore();
        TestBackups backups = new TestBackups(store, folder.resolve("state"), 2);
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("openFile") && name.equals("f13")) {
                        backups.progress.cancel();
                    }
                })
                .files();
        assertThatThrownBy(() -> backups.backup(root)).isInstanceOf(InterruptedRunException.class);
        assertThat(backups.records()).isEmpty();
        TestBackups next = new TestBackups(store, folder.resolve("state"), 2);
        assertThat(next.entries(next.backup(root), root)).hasSize(23);
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsStoresNothing() {
        MemoryStore store = new MemoryStore();
        TestBackups backups = new TestBackups(store, folder.resolve("state"), 3);
        backups.progress.cancel();
        assertThatThrownBy(() -> backups.backup(root)).isInstanceOf(InterruptedRunException.class);
        assertThat(store.contents()).isEmpty();
    }

    @Test
    void aDryRunStoresNothingAndCountsAsARealOne() {
        MemoryStore store = new MemoryStore();
        TestBackups backups = new TestBackups(store, folder.resolve("state"), 2);
        backups.dryRun = true;
        BackupResult dry = backups.run(root);
        assertThat(dry.snapshot()).isEmpty();
        assertThat(store.contents()).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
        backups.dryRun = false;
        BackupResult real = backups.run(root);
        assertThat(dry.counts().newBytes()).isEqualTo(real.counts().newBytes()).isEqualTo(20 * 20_000);
        assertThat(dry.counts().files()).isEqualTo(20);
    }

    /// A worker that fails with what nobody expected must end the run, not leave the others waiting.
    @ParameterizedTest
    @EnumSource(UnexpectedPlace.class)
    void anUnexpectedExceptionEndsTheRun(UnexpectedPlace place) {
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 3);
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals(place.call)) {
                        throw new IllegalStateException("unexpected");
                    }
                })
                .files();
        assertThatThrownBy(() -> backups.backup(root))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(ObnamException.class)
                .hasMessage("unexpected");
        assertThat(backups.records()).isEmpty();
    }

    /// Where.
    enum UnexpectedPlace {
        LIST("list"),
        STATUS("statusIfPresent"),
        OPEN("openFile"),
        READ("read");

        private final String call;

        UnexpectedPlace(String call) {
            this.call = call;
        }
    }
}
