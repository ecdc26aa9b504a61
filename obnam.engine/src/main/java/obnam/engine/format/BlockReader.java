package obnam.engine.format;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import obnam.api.ObjectKind;

/// Opens block frames: unseals and decompresses; section 4 of the format. Keeps its buffers, so it belongs to one
/// thread.
public final class BlockReader implements AutoCloseable {

    static final int HEADER_LENGTH = 16;
    static final int STORED_PLAIN = 0;
    static final int STORED_ZSTD = 1;

    private final Frames frames;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private byte[] opened = new byte[0];

    /// @param frames opens frames
    public BlockReader(Frames frames) {
        this.frames = frames;
    }

    /// The chunks of a block, one after the other, in a new array.
    ///
    /// @param suite suite of the frame
    /// @param keyNumber number of its key
    /// @param frame the frame, from `offset` on
    /// @param length length of the frame
    /// @param subject what to name in errors
    public byte[] open(int suite, int keyNumber, byte[] frame, int offset, int length, Object subject) {
        int plainLength = length - Frames.OVERHEAD;
        if (plainLength < HEADER_LENGTH) {
            throw ByteReader.damage("a block is too short", subject);
        }
        if (opened.length < plainLength) {
            opened = new byte[plainLength];
        }
        frames.open(ObjectKind.PACK, FrameRole.BLOCK, suite, keyNumber, frame, offset, length, opened, 0, subject);
        byte[] chunks = new byte[lengthOfChunks(opened, plainLength, subject)];
        unpack(opened, plainLength, subject, chunks);
        return chunks;
    }

    /// How many bytes of chunks the plaintext of a block says it holds; bounded.
    private static int lengthOfChunks(byte[] block, int blockLength, Object subject) {
        ByteReader in = new ByteReader(block, 0, blockLength, subject);
        in.skip(4);
        return in.u32(Sizes.BLOCK_LIMIT);
    }

    /// Decompresses the plaintext of a block.
    ///
    /// @param chunks has room for the chunks; what stands behind them is left as it was
    /// @return length of the chunks
    int unpack(byte[] block, int blockLength, Object subject, byte[] chunks) {
        ByteReader in = new ByteReader(block, 0, blockLength, subject);
        int compression = in.u8();
        in.zeros(3);
        int length = in.u32(chunks.length);
        int storedLength = in.u32(blockLength - HEADER_LENGTH);
        in.zeros(4);
        int at = in.skip(storedLength);
        in.onlyZeros();
        switch (compression) {
            case STORED_PLAIN -> {
                if (storedLength != length) {
                    throw in.damage("a block has the wrong length");
                }
                System.arraycopy(block, at, chunks, 0, length);
            }
            case STORED_ZSTD -> decompress(block, at, storedLength, chunks, length, in);
            default -> throw ByteReader.newerVersion(subject);
        }
        return length;
    }

    private void decompress(byte[] source, int offset, int stored, byte[] chunks, int length, ByteReader in) {
        int written;
        try {
            written = zstd.decompressByteArray(chunks, 0, length, source, offset, stored);
        } catch (ZstdException _) {
            throw in.damage("a block does not decompress");
        }
        if (written != length) {
            throw in.damage("a block has the wrong length");
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
