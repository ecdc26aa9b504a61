package obnam.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.engine.CheckRequest;
import obnam.engine.Progress;
import obnam.engine.Repository;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import obnam.engine.TreeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages each byte of each object of a small repository. Each time a check must notice, and a restore must bring
/// back every byte, or say that it did not; and whatever fails must fail with an error of this project's own.
class DamagedRepositoryTest {

    @TempDir
    Path folder;

    /// Every bit and every length with a restore for each, instead of a bit of every byte: takes many minutes.
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("obnam.exhaustive");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private TestRepository repository;
    private Path source;
    private Path target;
    private Snapshot snapshot;
    private Map<String, String> state;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = TestRepository.create(folder);
        source = folder.resolve("source");
        target = folder.resolve("target");
        Files.createDirectories(source.resolve("d"));
        Files.writeString(source.resolve("file"), "some text");
        Files.writeString(source.resolve("d/other"), "other text");
        Files.createLink(source.resolve("d/link"), source.resolve("file"));
        snapshot = repository.backup(source);
        state = TreeState.of(source);
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    @Test
    void aSoundRepositoryHasNoDamage() {
        assertThat(repository.check().damaged()).isZero();
        assertThat(repository.problemTexts()).isEmpty();
    }

    @Test
    void noticesAFlippedBitInEveryByteOfEveryObject() {
        repository.objects().forEach((name, bytes) -> {
            for (int i = 0; i < bytes.length; i++) {
                int some = random.nextInt(8);
                for (int bit = 0; bit < 8; bit++) {
                    if (EXHAUSTIVE || bit == some) {
                        byte[] damaged = bytes.clone();
                        damaged[i] ^= (byte) (1 << bit);
                        tryWith(name, bytes, damaged, i, "bit " + bit + " flipped in byte " + i);
                    }
                }
            }
        });
    }

    @Test
    void noticesEveryTruncationOfEveryObject() {
        repository.objects().forEach((name, bytes) -> {
            // All lengths near a boundary of the format, and a random one in each stretch between.
            for (int length = 0; length < bytes.length; length += step(length, bytes.length)) {
                tryWith(name, bytes, Arrays.copyOf(bytes, length), length, "truncated to " + length);
            }
        });
    }

    private int step(int length, int whole) {
        boolean dense = length < 200 || length > whole - 400 || length % 4096 > 4090 || length % 4096 < 6;
        return EXHAUSTIVE || dense ? 1 : 1 + random.nextInt(8);
    }

    @Test
    void noticesObjectsThatAreEmptyOrExchanged() {
        repository
                .objects()
                .forEach((name, bytes) -> repository.objects().forEach((other, otherBytes) -> {
                    if (!name.equals(other)) {
                        tryWith(name, bytes, otherBytes, 0, "replaced by " + other);
                    }
                }));
    }

    @Test
    void noticesMissingObjects() {
        repository.objects().forEach((name, bytes) -> {
            repository.remove(name);
            if (name.kind() == ObjectKind.SNAPSHOT) {
                assertThat(repository.repository().snapshots(_ -> {})).isEmpty();
            } else {
                expectNoticed(name, "removed");
            }
            expectRightOrReported(name + " removed");
            repository.replace(name, bytes);
        });
    }

    /// Whether to restore too. A pack's bytes are alike inside its frames, so that some of them do.
    private boolean isWorthARestore(ObjectName name, int length, int at) {
        boolean border = at % 4096 < 64 || at > length - 200;
        return EXHAUSTIVE || name.kind() != ObjectKind.PACK || border || random.nextInt(16) == 0;
    }

    private void tryWith(ObjectName name, byte[] bytes, byte[] damaged, int at, String how) {
        repository.replace(name, damaged);
        String what = name + " " + how + ", seed " + seed;
        try {
            expectNoticed(name, what);
            if (isWorthARestore(name, bytes.length, at)) {
                expectRightOrReported(what);
            }
        } catch (AssertionError | RuntimeException e) {
            fail(what, e);
        } finally {
            repository.replace(name, bytes);
        }
    }

    private void expectNoticed(ObjectName name, String what) {
        Progress progress = new Progress(_ -> {});
        // These are read, and verified, when a repository is opened.
        boolean whenOpened = name.kind() == ObjectKind.CONFIG || name.kind() == ObjectKind.KEY;
        try (Repository opened = whenOpened ? repository.open() : null) {
            Repository checked = opened == null ? repository.repository() : opened;
            long damaged = checked.check(new CheckRequest(true), progress).damaged();
            assertThat(damaged).as(what).isPositive();
        } catch (ObnamException _) {
            assertThat(whenOpened).as("only opening may throw: " + what).isTrue();
        }
    }

    private void expectRightOrReported(String what) {
        Progress progress = new Progress(_ -> {});
        try {
            repository.repository().restore(TestRepository.request(snapshot, source, target), progress);
            if (progress.problems() == 0) {
                assertThat(TreeState.of(target)).as(what).isEqualTo(state);
            } else {
                expectNoWrongFile(what);
            }
        } catch (ObnamException _) {
            expectNoWrongFile(what);
        } finally {
            delete(target);
        }
    }

    /// A file that is there has the right content.
    private void expectNoWrongFile(String what) {
        try (Stream<Path> files = Files.exists(target) ? Files.walk(target) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] right = Files.readAllBytes(source.resolve(target.relativize(file)));
                assertThat(Files.readAllBytes(file)).as(what).isEqualTo(right);
            }
        } catch (IOException e) {
            fail(what, e);
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            fail("cannot clean up", e);
        }
    }
}
