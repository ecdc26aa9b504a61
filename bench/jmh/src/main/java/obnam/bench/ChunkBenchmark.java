package obnam.bench;

import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;
import obnam.chunker.GearChunkerProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Finding the ends of chunks; an operation is a byte.
@State(Scope.Thread)
public class ChunkBenchmark {

    private static final int BYTES = 64 << 20;

    /// What is cut.
    @Param({"random", "text"})
    public String data = "random";

    private final CutCandidates found = new CutCandidates();
    private final Chunker chunker =
            new GearChunkerProvider().create(new byte[32], new ChunkSizes(16 << 10, 64 << 10, 256 << 10));
    private byte[] bytes = new byte[0];

    /// Makes the data.
    @Setup
    public void make() {
        bytes = SampleData.of(data, BYTES);
    }

    /// One chunk after the other, as small files are cut.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int serial() {
        int chunks = 0;
        for (int at = 0; at < BYTES; chunks++) {
            at = chunker.cut(bytes, at, BYTES);
        }
        return chunks;
    }

    /// All candidates, then a choice among them, as the ranges of large files are cut.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int candidates() {
        found.clear();
        chunker.candidates(bytes, 0, BYTES, found);
        int chunks = 0;
        for (int at = 0; at != Integer.MAX_VALUE; chunks++) {
            at = chunker.select(at, BYTES, found);
        }
        return chunks;
    }
}
