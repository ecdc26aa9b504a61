package obnam.engine.format;

import java.util.Arrays;
import obnam.api.LocalException;
import obnam.api.ObjectKind;
import obnam.engine.Compression;

/// Makes block frames: compresses, pads, checks and seals; section 4 of the format. Keeps its buffers, so it
/// belongs to one thread.
///
/// Each block is checked before it counts as made: what was compressed is decompressed and compared with the
/// plaintext that is still at hand, and one sealed frame in 64, or every one, is opened again. A fault of the
/// compressor, the cipher or the memory shows here, while the live data are still there.
public final class BlockWriter implements AutoCloseable {

    private static final int OPEN_ONE_IN = 64;

    private final Frames frames;
    private final boolean openAll;
    private final BlockCompressor compressor;
    private final BlockReader reader;
    private byte[] block = new byte[0];
    private byte[] again = new byte[0];
    private int made;

    /// @param frames seals
    /// @param compression how hard to compress
    /// @param openAll whether to open every sealed frame again
    public BlockWriter(Frames frames, Compression compression, boolean openAll) {
        this.frames = frames;
        this.openAll = openAll;
        this.compressor = new BlockCompressor(compression);
        this.reader = new BlockReader(frames);
    }

    /// The greatest length of a frame for chunks of `length` bytes.
    public static int longestFrame(int length) {
        return Sizes.roundUp(BlockReader.HEADER_LENGTH + length + Frames.OVERHEAD, Sizes.PAGE);
    }

    /// Makes a frame.
    ///
    /// @param chunks the chunks, one after the other
    /// @param length their length
    /// @param target has room for [#longestFrame] of it from `targetOffset` on
    /// @return length of the frame
    public int write(byte[] chunks, int length, byte[] target, int targetOffset) {
        int bound = BlockCompressor.bound(length) + BlockReader.HEADER_LENGTH + 2 * Sizes.PAGE;
        if (block.length < bound) {
            block = new byte[bound];
            again = new byte[length];
        }
        int stored = compressor.compress(chunks, length, block, BlockReader.HEADER_LENGTH);
        if (stored == length) {
            System.arraycopy(chunks, 0, block, BlockReader.HEADER_LENGTH, length);
        }
        header(stored == length ? BlockReader.STORED_PLAIN : BlockReader.STORED_ZSTD, length, stored);
        int frameLength = Sizes.roundUp(BlockReader.HEADER_LENGTH + stored + Frames.OVERHEAD, Sizes.PAGE);
        int plainLength = frameLength - Frames.OVERHEAD;
        Arrays.fill(block, BlockReader.HEADER_LENGTH + stored, plainLength, (byte) 0);
        if (stored != length) {
            verify(again, reader.unpack(block, plainLength, "new block", again), chunks, length);
        }
        frames.seal(ObjectKind.PACK, FrameRole.BLOCK, block, 0, plainLength, target, targetOffset);
        if (openAll || made++ % OPEN_ONE_IN == 0) {
            byte[] opened =
                    reader.open(frames.suite(), frames.keyNumber(), target, targetOffset, frameLength, "new block");
            verify(opened, opened.length, chunks, length);
        }
        return frameLength;
    }

    private void header(int compression, int length, int stored) {
        ByteWriter header = new ByteWriter(BlockReader.HEADER_LENGTH);
        header.u8(compression).u8(0).u8(0).u8(0).u32(length).u32(stored).u32(0);
        System.arraycopy(header.buffer(), 0, block, 0, BlockReader.HEADER_LENGTH);
    }

    private static void verify(byte[] again, int againLength, byte[] chunks, int length) {
        if (!Arrays.equals(again, 0, againLength, chunks, 0, length)) {
            throw new LocalException(
                    "a block did not come back as it went in",
                    "memory or processor of this machine",
                    "Nothing wrong was stored. Test this machine's memory, then run the backup again");
        }
    }

    @Override
    public void close() {
        compressor.close();
        reader.close();
    }
}
