package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import obnam.api.ChunkId;
import obnam.api.Chunker;
import obnam.engine.Entry;
import obnam.engine.Snapshot;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that all workers read together.
final class LargeFileTest {

    private static final int LENGTH = (20 << 20) + 12_345;

    @TempDir
    Path folder;

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 100_003 >>> 5);
        }
        return bytes;
    }

    /// What one walk over all the bytes cuts.
    private static List<Entry.Piece> serial(TestBackups backups, byte[] content) {
        Chunker chunker = backups.context().chunker();
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int start = 0; start < content.length; ) {
            int end = chunker.cut(content, start, content.length);
            ChunkId id = backups.context().hashers().data().hash(content, start, end - start);
            pieces.add(new Entry.Piece(end - start, Optional.of(id)));
            start = end;
        }
        return pieces;
    }

    private void requireSerialCuts(byte[] content, int threads) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.write(root.resolve("large"), content);
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state" + threads), threads);
        Snapshot snapshot = backups.backup(root);
        Entry entry = backups.entries(snapshot, root).get("large");
        assertThat(backups.pieces(entry)).isEqualTo(serial(backups, content));
        assertThat(Arrays.equals(backups.content(entry), content)).isTrue();
        assertThat(backups.problemTexts()).isEmpty();
        assertThat(snapshot.counts().bytes()).isEqualTo(content.length);
        assertThat(snapshot.counts().bytesRead()).isEqualTo(content.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void randomBytesAreCutAsOneWorkerWould(int threads) throws IOException {
        requireSerialCuts(random(7, LENGTH), threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPatternIsCutAsOneWorkerWould(int threads) throws IOException {
        requireSerialCuts(pattern(), threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {8 << 20, (8 << 20) - 1, (8 << 20) + 1, 12 << 20, (12 << 20) + 1})
    void lengthsAtTheBoundsOfSegmentsAreCutAsOneWorkerWould(int length) throws IOException {
        requireSerialCuts(random(length, length), 2);
    }

    @Test
    void zerosAreCutAsOneWorkerWould() throws IOException {
        requireSerialCuts(new byte[9 << 20], 2);
    }

    @Test
    void holesAreKeptAsHoles() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path sparse = root.resolve("sparse");
        byte[] first = random(1, 100_000);
        byte[] last = random(2, 50_000);
        long far = 3L << 30;
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.write(first);
            file.seek(far);
            file.write(last);
            file.setLength(far + (1 << 20));
        }
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 2);
        Snapshot snapshot = backups.backup(root);
        List<Entry.Piece> pieces =
                backups.pieces(backups.entries(snapshot, root).get("sparse"));
        long holes = pieces.stream()
                .filter(piece -> piece.chunk().isEmpty())
                .mapToLong(Entry.Piece::length)
                .sum();
        assertThat(pieces.stream().mapToLong(Entry.Piece::length).sum()).isEqualTo(far + (1 << 20));
        assertThat(holes).as("file system with holes").isGreaterThan(far - (1 << 20));
        assertThat(snapshot.counts().bytesRead()).isLessThan(1 << 20);
        assertThat(pieces.getLast().chunk()).isEmpty();
    }

    @Test
    void aFileOfNothingButAHoleIsOnePiece() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("hole").toFile(), "rw")) {
            file.setLength(1L << 34);
        }
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 3);
        Entry entry = backups.entries(backups.backup(root), root).get("hole");
        assertThat(backups.pieces(entry)).containsExactly(new Entry.Piece(1L << 34, Optional.empty()));
    }

    @Test
    void aLargeFileThatBecomesShorterIsReadAgain() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path large = root.resolve("large");
        Files.write(large, random(3, LENGTH));
        byte[] shorter = random(4, 10 << 20);
        boolean[] done = {false};
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 2);
        backups.files = new SpyFiles((call, name) -> {
                    synchronized (done) {
                        if (call.equals("read") && name.equals("large") && !done[0]) {
                            done[0] = true;
                            write(large, shorter);
                        }
                    }
                })
                .files();
        Entry entry = backups.entries(backups.backup(root), root).get("large");
        assertThat(entry.incomplete()).isFalse();
        assertThat(Arrays.equals(backups.content(entry), shorter)).isTrue();
        assertThat(backups.problemTexts()).isEmpty();
    }

    @Test
    void aLargeFileThatAlwaysChangesIsKeptAndMarked() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path large = root.resolve("large");
        Files.write(large, random(5, 9 << 20));
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 2);
        backups.files = new SpyFiles((call, name) -> {
                    if (call.equals("read") && name.equals("large")) {
                        append(large);
                    }
                })
                .files();
        Entry entry = backups.entries(backups.backup(root), root).get("large");
        assertThat(entry.incomplete()).isTrue();
        assertThat(backups.content(entry)).hasSize((int) ((Entry.File) entry.body()).size());
        assertThat(backups.problemTexts()).hasSize(1);
    }

    @Test
    void aLargeFileThatCannotBeReadIsAbsentAndReportedOnce() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.write(root.resolve("large"), random(6, LENGTH));
        Files.write(root.resolve("small"), new byte[10]);
        TestBackups backups = new TestBackups(new MemoryStore(), folder.resolve("state"), 3);
        int[] reads = {0};
        backups.files = new SpyFiles((call, name) -> {
                    synchronized (reads) {
                        if (call.equals("read") && name.equals("large") && ++reads[0] > 6) {
                            throw new obnam.posix.PosixException(5, "read", new byte[0]);
                        }
                    }
                })
                .files();
        Snapshot snapshot = backups.backup(root);
        assertThat(backups.entries(snapshot, root)).containsOnlyKeys("small");
        assertThat(backups.problemTexts()).hasSize(1);
        assertThat(snapshot.counts().files()).isEqualTo(1);
    }

    private static void write(Path path, byte[] content) {
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void append(Path path) {
        try {
            Files.write(path, new byte[1], java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
