package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectKind;
import obnam.engine.BackupResult;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What interrupted runs leave, and what long runs tell while they go on.
final class RecoveryTest {

    private static final int FILES = 40;
    private static final int LENGTH = 1_000_000;

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[LENGTH];
            random.nextBytes(content);
            Files.write(root.resolve("f%02d".formatted(i)), content);
        }
    }

    private void interruptedAt(String file) {
        TestBackups backups = new TestBackups(store, folder.resolve("state"), 1);
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("openFile") && name.equals(file)) {
                        backups.progress.cancel();
                    }
                })
                .files();
        assertThatThrownBy(() -> backups.backup(root)).isInstanceOf(InterruptedRunException.class);
    }

    private long count(ObjectKind kind) {
        return store.contents().keySet().stream()
                .filter(name -> name.kind() == kind)
                .count();
    }

    @Test
    void whatAnInterruptedRunStoredIsFoundByTheNext() {
        interruptedAt("f39");
        assertThat(count(ObjectKind.PACK)).isGreaterThan(0);
        assertThat(count(ObjectKind.INDEX)).isZero();
        long stored = count(ObjectKind.PACK);

        TestBackups next = new TestBackups(store, folder.resolve("state"), 2);
        BackupResult result = next.run(root);

        assertThat(result.counts().newBytes()).isLessThan((FILES - 14L * stored) * LENGTH);
        assertThat(next.entries(result.snapshot().orElseThrow(), root)).hasSize(FILES);
        assertThat(folder.resolve("state/runs")).isEmptyDirectory();
        assertThat(count(ObjectKind.NOTICE)).isZero();
    }

    @Test
    void aRunThatIsStillAliveIsLeftAlone() {
        TestBackups alive = new TestBackups(store, folder.resolve("state"), 1);
        AtomicReference<Long> packs = new AtomicReference<>(0L);
        alive.files = new SpyFiles((call, name) -> {
                    if (call.equals("openFile") && name.equals("f39") && packs.get() == 0) {
                        packs.set(count(ObjectKind.PACK));
                        Path small = root.resolve("f00");
                        new TestBackups(store, folder.resolve("state"), 1).backup(small);
                        assertThat(count(ObjectKind.NOTICE)).isZero();
                    }
                })
                .files();
        var snapshot = alive.backup(root);
        assertThat(packs.get()).isPositive();
        assertThat(alive.entries(snapshot, root)).hasSize(FILES);
    }

    /// A clock that goes on by two minutes each time it is asked.
    private static final class Hurrying extends Clock {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            now = now.plus(Duration.ofMinutes(2));
            return now;
        }
    }

    @Test
    void aLongRunIndexesAndAnnouncesItsPacksAsItGoes() {
        RecordingStore recorded = new RecordingStore(store);
        TestBackups slow = new TestBackups(recorded, folder.resolve("state"), 1, new Hurrying());

        slow.backup(root);

        assertThat(recorded.count(StoreCall.Operation.PUT, ObjectKind.INDEX)).isGreaterThan(1);
        assertThat(recorded.count(StoreCall.Operation.PUT, ObjectKind.NOTICE)).isGreaterThan(1);
        assertThat(recorded.count(StoreCall.Operation.DELETE, ObjectKind.NOTICE))
                .isEqualTo(recorded.count(StoreCall.Operation.PUT, ObjectKind.NOTICE));
        assertThat(count(ObjectKind.NOTICE)).isZero();
    }
}
