package obnam.engine.backup;

import obnam.api.ChunkId;
import obnam.engine.format.BlockWriter;
import obnam.engine.format.ChunkRole;

/// Collects the new chunks of one thread into blocks and hands the sealed blocks on. Belongs to one thread.
final class BlockFiller implements AutoCloseable {

    /// A block is closed when the next chunk would make it longer than this.
    private static final int BLOCK_TARGET = 1 << 20;

    private final PackAssembler packs;
    private final BlockWriter writer;
    private byte[] plain = new byte[BLOCK_TARGET];
    private byte[] frame = new byte[BlockWriter.longestFrame(BLOCK_TARGET)];
    private int length;
    private ChunkRow[] chunks = new ChunkRow[64];
    private int count;

    /// A chunk of a block.
    record ChunkRow(ChunkRole role, ChunkId id, int length) {}

    BlockFiller(PackAssembler packs, BlockWriter writer) {
        this.packs = packs;
        this.writer = writer;
    }

    /// Appends a chunk that stands in one or two places.
    void add(
            ChunkRole role,
            ChunkId id,
            byte[] first,
            int firstOffset,
            int firstLength,
            byte[] second,
            int secondOffset,
            int secondLength) {
        int chunkLength = firstLength + secondLength;
        if (length + chunkLength > BLOCK_TARGET) {
            flush();
        }
        if (chunkLength > plain.length) {
            plain = new byte[chunkLength];
            frame = new byte[BlockWriter.longestFrame(chunkLength)];
        }
        System.arraycopy(first, firstOffset, plain, length, firstLength);
        System.arraycopy(second, secondOffset, plain, length + firstLength, secondLength);
        length += chunkLength;
        if (count == chunks.length) {
            chunks = java.util.Arrays.copyOf(chunks, count * 2);
        }
        chunks[count++] = new ChunkRow(role, id, chunkLength);
    }

    /// Seals what was collected.
    void flush() {
        if (count > 0) {
            int frameLength = writer.write(plain, length, frame, 0);
            packs.add(frame, frameLength, chunks, count);
            count = 0;
            length = 0;
        }
    }

    /// Moves what was collected to another filler, so that the last blocks of several threads become one.
    void drainTo(BlockFiller other) {
        int offset = 0;
        for (int i = 0; i < count; i++) {
            ChunkRow chunk = chunks[i];
            other.add(chunk.role(), chunk.id(), plain, offset, chunk.length(), plain, 0, 0);
            offset += chunk.length();
        }
        count = 0;
        length = 0;
    }

    @Override
    public void close() {
        writer.close();
    }
}
