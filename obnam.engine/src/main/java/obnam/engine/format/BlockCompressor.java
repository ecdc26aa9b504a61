package obnam.engine.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import obnam.engine.Compression;

/// Compresses the chunks of a block with zstd, where that pays. Belongs to one thread.
///
/// Data that do not compress tend to come in runs: photographs, films, archives. After a block that gained nothing
/// the next ones are probed first, a few short samples of each, and are stored plain if these gain nothing either.
public final class BlockCompressor implements AutoCloseable {

    /// A block is compressed if that saves more than one part in so many.
    private static final int SMALLEST_GAIN = 16;
    private static final int PROBES = 4;
    private static final int PROBE_LENGTH = 8 << 10;
    /// Bits of the tables of the default level, half of what zstd takes itself for a block of 1 MiB: they stay in
    /// the second-level cache, which is a seventh to a quarter faster and costs a hundredth to a fortieth in size.
    private static final int DEFAULT_HASH_LOG = 15;
    private static final int DEFAULT_CHAIN_LOG = 14;

    private final boolean active;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final byte[] probed = new byte[(int) Zstd.compressBound(PROBE_LENGTH)];
    private boolean gainless;

    /// @param compression how hard to try
    public BlockCompressor(Compression compression) {
        this.active = compression != Compression.OFF;
        switch (compression) {
            case OFF -> {}
            case FAST -> zstd.setLevel(1);
            case DEFAULT -> zstd.setLevel(3).setHashLog(DEFAULT_HASH_LOG).setChainLog(DEFAULT_CHAIN_LOG);
            case BETTER -> zstd.setLevel(9);
            case BEST -> zstd.setLevel(17);
        }
    }

    /// The room that [#compress] needs for `length` bytes.
    static int bound(int length) {
        return (int) Zstd.compressBound(length);
    }

    /// Compresses the first `length` bytes of `chunks` to `target` from `offset` on.
    ///
    /// @return the length of the result, or `length` if it is better to store the chunks as they are
    int compress(byte[] chunks, int length, byte[] target, int offset) {
        if (!active || gainless && !promises(chunks, length)) {
            return length;
        }
        int stored = zstd.compressByteArray(target, offset, target.length - offset, chunks, 0, length);
        gainless = !pays(stored, length);
        return gainless ? length : stored;
    }

    private static boolean pays(int stored, int length) {
        return stored < length - length / SMALLEST_GAIN;
    }

    private boolean promises(byte[] chunks, int length) {
        if (length < 2 * PROBES * PROBE_LENGTH) {
            return true;
        }
        int stored = 0;
        for (int i = 0; i < PROBES; i++) {
            int at = (int) ((long) (length - PROBE_LENGTH) * i / (PROBES - 1));
            stored += zstd.compressByteArray(probed, 0, probed.length, chunks, at, PROBE_LENGTH);
        }
        return pays(stored, PROBES * PROBE_LENGTH);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
