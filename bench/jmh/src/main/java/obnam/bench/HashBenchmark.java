package obnam.bench;

import obnam.api.ChunkId;
import obnam.api.Hasher;
import obnam.hash.HmacSha256Provider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Ids of chunks (HMAC-SHA-256); an operation is a byte.
@State(Scope.Thread)
public class HashBenchmark {

    private static final int BYTES = 16 << 20;

    /// Length of a chunk: that of a small file, and the usual one.
    @Param({"2048", "65536"})
    public int chunk = 65536;

    private final Hasher hasher = new HmacSha256Provider().create(new byte[32]);
    private byte[] bytes = new byte[0];

    /// Makes the data.
    @Setup
    public void make() {
        bytes = SampleData.of("random", BYTES);
    }

    /// The ids of all chunks.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public void ids(Blackhole sink) {
        for (int at = 0; at < BYTES; at += chunk) {
            ChunkId id = hasher.hash(bytes, at, chunk);
            sink.consume(id);
        }
    }
}
