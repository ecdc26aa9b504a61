package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Snapshot;
import obnam.engine.format.FixedRepository;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a backup does not take over from the parent snapshot although it looks unchanged.
class DoubtTest {

    private final MemoryStore store = new MemoryStore();
    private Path root = Path.of("/");
    private Path file = root;

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(folder.resolve("live"));
        file = Files.writeString(root.resolve("file"), "content");
    }

    private TestBackups backups(Clock clock) {
        return new TestBackups(store, folder.resolve("state"), 2, clock);
    }

    /// A clock that stands so many milliseconds behind the file's last change.
    private Clock behindTheChange(long milliseconds) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
        Instant time =
                Instant.ofEpochSecond(0, changed.to(TimeUnit.NANOSECONDS)).plusMillis(milliseconds);
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    @Test
    void whatChangedJustBeforeTheLastBackupIsReadAgain() throws IOException {
        TestBackups backups = backups(behindTheChange(19));
        backups.backup(root);
        assertThat(backups.backup(root).counts().filesRead()).isEqualTo(1);
    }

    @Test
    void whatChangedLongBeforeTheLastBackupIsTakenOver() throws IOException {
        TestBackups backups = backups(behindTheChange(21));
        backups.backup(root);
        assertThat(backups.backup(root).counts().filesRead()).isZero();
    }

    @Test
    void aFileWhoseChunksAreInNoIndexAnyMoreIsReadAgain() throws IOException {
        TestBackups backups = backups(behindTheChange(1000));
        Snapshot first = backups.backup(root);
        ObjectName index = onlyIndex();
        Files.writeString(root.resolve("another"), "something else");
        backups.backup(root);
        store.delete(index);
        Files.writeString(root.resolve("third"), "and more");
        Snapshot last = backups.backup(root);
        assertThat(backups.content(backups.entries(last, root).get("file"))).isEqualTo(FixedRepository.utf8("content"));
        assertThat(last.counts().filesRead()).isGreaterThan(first.counts().filesRead());
    }

    @Test
    void aDamagedIndexHidesOnlyWhatItAloneKnows() throws IOException {
        TestBackups backups = backups(behindTheChange(1000));
        backups.backup(root);
        ObjectName index = onlyIndex();
        byte[] bytes = store.get(index, 1 << 20);
        bytes[bytes.length / 2] ^= 1;
        store.replace(index, bytes);
        assertThat(backups.index().damaged()).containsExactly(index);
        Snapshot second = backups.backup(root);
        assertThat(backups.content(backups.entries(second, root).get("file")))
                .isEqualTo(FixedRepository.utf8("content"));
    }

    private ObjectName onlyIndex() {
        ObjectName[] name = {ObjectName.CONFIG};
        store.list(ObjectKind.INDEX, info -> name[0] = info.name());
        return name[0];
    }
}
