package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;
import obnam.api.Providers;
import org.junit.jupiter.api.Test;

/// What every [Chunker] promises. Extend it, name the provider, and run it as a JUnit test:
///
/// ```java
/// class MyChunkerTest extends ChunkerContract {
///     @Override
///     protected Chunker.Provider provider() {
///         return new MyChunkerProvider();
///     }
/// }
/// ```
///
/// The module under test has to `provide` the class; one test looks for it as the program does. A chunker that
/// takes only certain sizes overrides [#sizes]; one that does not look at the bytes overrides [#contentDefined].
/// Tests of the cuts themselves, with fixed vectors, belong into the provider's own tests: they must never change
/// once released.
///
/// Data are random. A failure names the seed; `-Dobnam.seed=SEED` repeats the run.
public abstract class ChunkerContract {

    private static final int LENGTH = 1 << 20;

    private final long seed = Long.getLong("obnam.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final String replay = "repeat with -Dobnam.seed=" + seed;

    /// For subclasses.
    protected ChunkerContract() {}

    /// The provider under test; a new one or always the same.
    protected abstract Chunker.Provider provider();

    /// Sizes that the provider takes. Small ones, with a maximum of 4 KiB or so, make more cuts and so a harder
    /// test.
    protected ChunkSizes sizes() {
        return new ChunkSizes(256, 1024, 4096);
    }

    /// Whether cuts follow the content, so that they find together again behind an insertion.
    protected boolean contentDefined() {
        return true;
    }

    @Test
    void isFoundByItsName() {
        Chunker.Provider provider = provider();

        assertThat(provider.name()).matches("[a-z0-9-]{1,32}");
        assertThat(new Providers(List.of()).chunker(provider.name())).hasSameClassAs(provider);
    }

    @Test
    void saysItsSizesAndAWindowWithinTheShortestChunk() {
        Chunker chunker = chunker(key());

        assertThat(chunker.sizes()).isEqualTo(sizes());
        assertThat(chunker.window()).isBetween(0, sizes().minimum());
    }

    @Test
    void chunksKeepTheSizes() {
        List<Integer> cuts = cuts(chunker(key()), data(LENGTH));

        int start = 0;
        for (int cut : cuts.subList(0, cuts.size() - 1)) {
            assertThat(cut - start).as(replay).isBetween(sizes().minimum(), sizes().maximum());
            start = cut;
        }
        assertThat(LENGTH - start).as(replay).isBetween(1, sizes().maximum());
    }

    @Test
    void cutsDependOnTheBytesAndNotOnBuffers() {
        byte[] data = data(LENGTH);
        Chunker chunker = chunker(key());

        assertThat(cutsPieceByPiece(chunker, data)).as(replay).isEqualTo(cuts(chunker, data));
    }

    @Test
    void twoChunkersOfOneKeyCutAlike() {
        byte[] data = data(LENGTH);
        byte[] key = key();

        assertThat(cuts(chunker(key), data)).as(replay).isEqualTo(cuts(chunker(key), data));
    }

    @Test
    void rangesSearchedByThemselvesGiveTheSameCuts() {
        byte[] data = data(LENGTH);
        Chunker chunker = chunker(key());

        assertThat(selectFromAll(chunker, data)).as(replay).isEqualTo(cuts(chunker, data));
    }

    @Test
    void cutsCanBeSelectedWhileRangesArrive() {
        byte[] data = data(LENGTH);
        Chunker chunker = chunker(key());

        assertThat(selectRangeByRange(chunker, data)).as(replay).isEqualTo(cuts(chunker, data));
    }

    @Test
    void candidatesRiseAndLieWithinTheirRange() {
        byte[] data = data(LENGTH);
        int from = 1000 + sizes().minimum();
        int to = LENGTH - 1000;
        CutCandidates found = new CutCandidates();
        chunker(key()).candidates(data, from, to, found);

        int previous = from;
        for (; found.hasNext(); found.advance()) {
            assertThat(found.position()).as(replay).isGreaterThan(previous).isLessThanOrEqualTo(to);
            previous = found.position();
        }
    }

    @Test
    void runsOfOneByteAreCutAlikeBothWaysAndKeepTheSizes() {
        Chunker chunker = chunker(key());
        byte[] data = new byte[300_000];
        for (byte value : new byte[] {0, -1, (byte) random.nextInt()}) {
            Arrays.fill(data, value);
            List<Integer> cuts = cuts(chunker, data);

            assertThat(cutsPieceByPiece(chunker, data)).as(replay).isEqualTo(cuts);
            assertThat(selectFromAll(chunker, data)).as(replay).isEqualTo(cuts);
            assertThat(cuts)
                    .as(replay)
                    .hasSizeBetween(data.length / sizes().maximum(), data.length / sizes().minimum() + 1);
        }
    }

    @Test
    void aChunkEndsWhereTheDataEndOrAtTheMaximum() {
        Chunker chunker = chunker(key());
        byte[] zeros = new byte[2 * sizes().maximum()];

        assertThat(chunker.cut(zeros, 5, 5)).isEqualTo(5);
        assertThat(chunker.cut(zeros, 5, 6)).isEqualTo(6);
        assertThat(chunker.cut(zeros, 5, 5 + sizes().minimum())).isEqualTo(5 + sizes().minimum());
        assertThat(chunker.cut(zeros, 5, zeros.length)).isBetween(5 + sizes().minimum(), 5 + sizes().maximum());
        assertThat(chunker.cut(zeros, zeros.length, zeros.length)).isEqualTo(zeros.length);
    }

    @Test
    void aCutStaysWhenTheDataEndThere() {
        byte[] data = data(LENGTH);
        Chunker chunker = chunker(key());

        int start = 0;
        for (int cut : cuts(chunker, data)) {
            assertThat(chunker.cut(data, start, cut)).as(replay).isEqualTo(cut);
            start = cut;
        }
    }

    @Test
    void anotherKeyCutsElsewhere() {
        byte[] data = data(LENGTH);
        boolean keyed = provider().keyLength() > 0;

        boolean alike = cuts(chunker(key()), data).equals(cuts(chunker(key()), data));

        assertThat(alike).as(replay).isEqualTo(!keyed);
    }

    @Test
    void theKeyIsCopied() {
        byte[] data = data(LENGTH);
        byte[] key = key();
        Chunker chunker = chunker(key);
        List<Integer> cuts = cuts(chunker(key.clone()), data);

        Arrays.fill(key, (byte) 0);

        assertThat(cuts(chunker, data)).as(replay).isEqualTo(cuts);
    }

    @Test
    void anInsertionChangesOnlyTheCutsNearIt() {
        byte[] data = data(LENGTH);
        int at = LENGTH / 4;
        int inserted = 1 + random.nextInt(sizes().minimum());
        Chunker chunker = chunker(key());
        List<Integer> before = cuts(chunker, data);
        List<Integer> after = cuts(chunker, withInsertion(data, at, inserted));

        assertThat(cutsBetween(after, 0, at)).as(replay).isEqualTo(cutsBetween(before, 0, at));
        if (contentDefined()) {
            List<Integer> moved = before.stream().map(cut -> cut + inserted).toList();
            assertThat(cutsBetween(after, LENGTH / 2, LENGTH))
                    .as(replay)
                    .isNotEmpty()
                    .isEqualTo(cutsBetween(moved, LENGTH / 2, LENGTH));
        }
    }

    @Test
    void buffersAreNotChanged() {
        byte[] data = data(LENGTH);
        byte[] copy = data.clone();
        Chunker chunker = chunker(key());
        cuts(chunker, data);
        chunker.candidates(data, 0, data.length, new CutCandidates());

        assertThat(Arrays.equals(data, copy)).as(replay).isTrue();
    }

    @Test
    void eightThreadsShareOneChunker() throws Exception {
        byte[] data = data(LENGTH);
        Chunker chunker = chunker(key());
        List<Integer> expected = cuts(chunker, data);
        List<Future<List<Integer>>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // Many short tasks, so that threads overlap also where there are few processors.
            for (int i = 0; i < 200; i++) {
                Walk walk = new Walk(chunker, random.split());
                results.add(threads.submit(() -> walk.fromAll(data)));
                results.add(threads.submit(() -> cuts(chunker, data)));
            }
        }

        for (Future<List<Integer>> result : results) {
            assertThat(result.get()).as(replay).isEqualTo(expected);
        }
    }

    private Chunker chunker(byte[] key) {
        return provider().create(key, sizes());
    }

    private byte[] key() {
        return data(provider().keyLength());
    }

    private byte[] data(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return data;
    }

    private List<Integer> cutsPieceByPiece(Chunker chunker, byte[] data) {
        return new Walk(chunker, random.split()).pieceByPiece(data);
    }

    private List<Integer> selectFromAll(Chunker chunker, byte[] data) {
        return new Walk(chunker, random.split()).fromAll(data);
    }

    private List<Integer> selectRangeByRange(Chunker chunker, byte[] data) {
        return new Walk(chunker, random.split()).rangeByRange(data);
    }

    /// The plain way: all data at hand, one cut after the other.
    private static List<Integer> cuts(Chunker chunker, byte[] data) {
        List<Integer> cuts = new ArrayList<>();
        for (int start = 0; start < data.length; start = cuts.getLast()) {
            cuts.add(chunker.cut(data, start, data.length));
        }
        return cuts;
    }

    private static byte[] withInsertion(byte[] data, int at, int length) {
        byte[] changed = new byte[data.length + length];
        System.arraycopy(data, 0, changed, 0, at);
        System.arraycopy(data, at, changed, at + length, data.length - at);
        return changed;
    }

    private static List<Integer> cutsBetween(List<Integer> cuts, int from, int to) {
        return cuts.stream().filter(cut -> cut > from && cut < to).toList();
    }

    /// The other ways to the same cuts; each with random buffers that hold noise around the data.
    private record Walk(Chunker chunker, SplittableRandom random) {

        List<Integer> pieceByPiece(byte[] data) {
            List<Integer> cuts = new ArrayList<>();
            for (int start = 0; start < data.length; start = cuts.getLast()) {
                cuts.add(start + lengthOfChunk(data, start));
            }
            return cuts;
        }

        private int lengthOfChunk(byte[] data, int start) {
            int maximum = Math.min(chunker.sizes().maximum(), data.length - start);
            int known = 0;
            while (true) {
                int more = 1 + random.nextInt(2 * chunker.sizes().maximum());
                known = Math.min(data.length - start, known + more);
                int before = random.nextInt(100);
                int cut = chunker.cut(amidNoise(data, start, known, before), before, before + known) - before;
                if (cut < known || known >= maximum) {
                    return cut;
                }
            }
        }

        List<Integer> fromAll(byte[] data) {
            CutCandidates all = new CutCandidates();
            for (int from = 0, to; from < data.length; from = to) {
                to = endOfRange(data, from);
                CutCandidates found = candidates(data, from, to);
                for (; found.hasNext(); found.advance()) {
                    all.add(from + found.position(), found.strict());
                }
            }
            List<Integer> cuts = new ArrayList<>();
            select(all, 0, data.length, 0, cuts);
            return closed(cuts, data.length);
        }

        List<Integer> rangeByRange(byte[] data) {
            List<Integer> cuts = new ArrayList<>();
            int start = 0;
            for (int from = 0, to; from < data.length; from = to) {
                to = endOfRange(data, from);
                start = select(candidates(data, from, to), from, to, start, cuts);
            }
            return closed(cuts, data.length);
        }

        private int endOfRange(byte[] data, int from) {
            int length = 1 + random.nextInt(2 * chunker.sizes().normal());
            return Math.min(data.length, from + length);
        }

        /// The candidates of a range, numbered from its begin.
        private CutCandidates candidates(byte[] data, int from, int to) {
            int window = Math.min(from, chunker.window());
            int noise = random.nextInt(100);
            CutCandidates inBuffer = new CutCandidates();
            chunker.candidates(
                    amidNoise(data, from - window, to - from + window, noise),
                    noise + window,
                    noise + window + to - from,
                    inBuffer);
            CutCandidates found = new CutCandidates();
            for (; inBuffer.hasNext(); inBuffer.advance()) {
                found.add(inBuffer.position() - noise - window, inBuffer.strict());
            }
            return found;
        }

        /// Selects from candidates that are numbered from `from`; returns where the chunk begins that is not ended
        /// yet.
        private int select(CutCandidates found, int from, int to, int start, List<Integer> cuts) {
            int begin = start;
            int cut = chunker.select(begin - from, to - from, found);
            while (cut != Integer.MAX_VALUE) {
                begin = from + cut;
                cuts.add(begin);
                cut = chunker.select(begin - from, to - from, found);
            }
            return begin;
        }

        private static List<Integer> closed(List<Integer> cuts, int length) {
            if (cuts.isEmpty() || cuts.getLast() < length) {
                cuts.add(length);
            }
            return cuts;
        }

        private byte[] amidNoise(byte[] data, int from, int length, int before) {
            byte[] buffer = new byte[before + length + random.nextInt(100)];
            random.nextBytes(buffer);
            System.arraycopy(data, from, buffer, before, length);
            return buffer;
        }
    }
}
