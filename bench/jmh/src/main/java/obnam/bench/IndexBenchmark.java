package obnam.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import obnam.api.ChunkId;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.ChunkLocation;
import obnam.engine.index.SyntheticIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Look-ups in the index, in the page cache; an operation is a look-up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {

    private static final int QUESTIONS = 1 << 16;

    /// Number of chunks.
    @Param({"1000000", "10000000"})
    public long chunks = 1_000_000;

    private final ChunkId[] known = new ChunkId[QUESTIONS];
    private final ChunkId[] absent = new ChunkId[QUESTIONS];
    private TemporaryFolder folder;
    private ChunkIndex index;
    private int next;

    /// Writes the index and opens it.
    @Setup
    public void make() throws IOException {
        folder = TemporaryFolder.make();
        SyntheticIndex synthetic = new SyntheticIndex(chunks);
        synthetic.write(folder.path());
        index = synthetic.open(folder.path());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < QUESTIONS; i++) {
            known[i] = synthetic.id(random.nextLong(chunks));
            absent[i] = synthetic.absent(random.nextLong(chunks));
        }
    }

    /// Removes the index.
    @TearDown
    public void remove() throws IOException {
        folder.close();
    }

    /// Whether a chunk that is there is there.
    @Benchmark
    public boolean known() {
        return index.contains(known[next++ & QUESTIONS - 1]);
    }

    /// Whether a chunk that is not there is there.
    @Benchmark
    public boolean absent() {
        return index.contains(absent[next++ & QUESTIONS - 1]);
    }

    /// Where a chunk is.
    @Benchmark
    public Optional<ChunkLocation> find() {
        return index.find(known[next++ & QUESTIONS - 1]);
    }
}
