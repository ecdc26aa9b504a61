package obnam.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Compressing and decompressing blocks of 1 MiB; an operation is a byte of plaintext.
@State(Scope.Thread)
public class CompressBenchmark {

    private static final int BLOCK = 1 << 20;
    private static final int BYTES = 8 * BLOCK;

    /// What is compressed.
    @Param({"text", "random"})
    public String data = "text";

    /// Level of zstd.
    @Param({"1", "2", "3", "9"})
    public int level = 3;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final byte[] target = new byte[(int) Zstd.compressBound(BLOCK)];
    private final byte[] plain = new byte[BLOCK];
    private byte[] bytes = new byte[0];
    private byte[] compressed = new byte[0];

    /// Makes the data.
    @Setup
    public void make() {
        bytes = SampleData.of(data, BYTES);
        compressor.setLevel(level);
        compressed = Arrays.copyOf(target, compressor.compressByteArray(target, 0, target.length, bytes, 0, BLOCK));
    }

    /// Frees the native side.
    @TearDown
    public void close() {
        compressor.close();
        decompressor.close();
    }

    /// Each block by itself.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public long compress() {
        long length = 0;
        for (int at = 0; at < BYTES; at += BLOCK) {
            length += compressor.compressByteArray(target, 0, target.length, bytes, at, BLOCK);
        }
        return length;
    }

    /// One block.
    @Benchmark
    @OperationsPerInvocation(BLOCK)
    public int decompress() {
        return decompressor.decompressByteArray(plain, 0, BLOCK, compressed, 0, compressed.length);
    }
}
