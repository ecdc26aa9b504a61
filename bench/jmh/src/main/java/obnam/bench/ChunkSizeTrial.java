package obnam.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import obnam.api.ChunkId;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.Hasher;
import obnam.chunker.GearChunkerProvider;
import obnam.hash.HmacSha256Provider;

/// What backups with one size of chunks would store: cuts, hashes, and compresses what is new in blocks as they are
/// stored, but keeps nothing except the ids.
final class ChunkSizeTrial implements AutoCloseable {

    private static final int BUFFER = 16 << 20;
    private static final int BLOCK = 1 << 20;
    private static final int PAGE = 4096;
    private static final int LEVEL = 3;
    private static final int WARM_UP_BYTES = 32 << 20;
    private static final int WARM_UP_PASSES = 30;

    private final Chunker chunker;
    private final Hasher hasher = new HmacSha256Provider().create(new byte[32]);
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final Set<ChunkId> known = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] block;
    private final byte[] compressed;
    private int blockLength;
    private long bytes;
    private long chunks;
    private long newChunks;
    private long newBytes;
    private long stored;
    private long compressing;

    /// What one pass over some files gave.
    ///
    /// @param bytes that were read
    /// @param chunks they consist of
    /// @param newChunks of these, those that were not known
    /// @param newBytes length of the new chunks
    /// @param stored length of the new chunks when compressed
    /// @param seconds of one core, for reading, cutting and hashing
    record Outcome(long bytes, long chunks, long newChunks, long newBytes, long stored, double seconds) {}

    /// @param normal the nominal length of a chunk; the bounds are a quarter and four times of it
    ChunkSizeTrial(int normal) {
        ChunkSizes sizes = new ChunkSizes(normal / 4, normal, normal * 4);
        chunker = new GearChunkerProvider().create(new byte[32], sizes);
        compressor.setLevel(LEVEL);
        block = new byte[BLOCK + sizes.maximum()];
        compressed = new byte[(int) Zstd.compressBound(block.length)];
    }

    /// Has the code compiled, so that the first of several trials is not slower for being the first.
    static void warmUp() throws IOException {
        byte[] data = SampleData.of("text", WARM_UP_BYTES);
        try (ChunkSizeTrial trial = new ChunkSizeTrial(64 << 10)) {
            for (int i = 0; i < WARM_UP_PASSES; i++) {
                trial.scan(new ByteArrayInputStream(data));
            }
        }
    }

    /// Backs up a file or all files below a directory.
    Outcome scan(Path root) throws IOException {
        bytes = chunks = newChunks = newBytes = stored = compressing = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        long begin = System.nanoTime();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                scan(in);
            }
        }
        double seconds = (System.nanoTime() - begin - compressing) / 1e9;
        endBlock();
        return new Outcome(bytes, chunks, newChunks, newBytes, stored, seconds);
    }

    private void scan(InputStream in) throws IOException {
        int filled = 0;
        boolean ended = false;
        while (!ended) {
            int read = in.readNBytes(buffer, filled, BUFFER - filled);
            filled += read;
            ended = filled < BUFFER;
            int start = 0;
            while (start < filled && (ended || filled - start > chunker.sizes().maximum())) {
                int end = chunker.cut(buffer, start, filled);
                take(start, end - start);
                start = end;
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
        }
    }

    private void take(int start, int length) {
        bytes += length;
        chunks++;
        if (known.add(hasher.hash(buffer, start, length))) {
            newChunks++;
            newBytes += length;
            System.arraycopy(buffer, start, block, blockLength, length);
            blockLength += length;
            if (blockLength >= BLOCK) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        long begin = System.nanoTime();
        int length = compressor.compressByteArray(compressed, 0, compressed.length, block, 0, blockLength);
        stored += Math.ceilDiv(Math.min(length, blockLength), PAGE) * (long) PAGE;
        blockLength = 0;
        compressing += System.nanoTime() - begin;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
