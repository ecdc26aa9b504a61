package obnam.engine.prune;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.Frames;
import obnam.engine.format.ObjectHeader;
import obnam.engine.format.PackTable;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;

/// A new pack that is put together of blocks: some moved as they are, some new. For one thread.
final class PackDraft {

    private final PackType type;
    private final ObjectHeader header;
    private final List<ChunkStore.Part> parts = new ArrayList<>();
    private final BlockRows rows = new BlockRows();
    private int length;
    private int blocks;

    /// A row of a chunk.
    record Chunk(obnam.engine.format.ChunkRole role, obnam.api.ChunkId id, int length) {}

    /// A block that was moved or made.
    ///
    /// @param offset of its frame
    /// @param length of its frame
    record Block(int suite, int keyNumber, int offset, int length, List<Chunk> chunks) {}

    PackDraft(Frames frames, PackType type) {
        this.type = type;
        this.header = frames.newHeader(ObjectKind.PACK);
        ByteWriter start = new ByteWriter(Sizes.PAGE);
        header.write(start);
        start.zerosUpTo(Sizes.PAGE);
        parts.add(new ChunkStore.Part.Bytes(ByteBuffer.wrap(start.toBytes())));
        length = Sizes.PAGE;
    }

    PackType type() {
        return type;
    }

    boolean isEmpty() {
        return blocks == 0;
    }

    /// Whether a block of so many bytes and chunks is one too many.
    boolean isFullFor(int frameLength, int chunks) {
        int rowsLength = rows.encodedLength() + BlockRows.lengthOf(chunks);
        return blocks > 0 && PackTable.wholeLength(length + frameLength, rowsLength) > Sizes.PACK_TARGET;
    }

    /// Appends a block that stands in another pack.
    void move(ObjectName pack, Block block) {
        ChunkStore.Part last = parts.getLast();
        if (last instanceof ChunkStore.Part.Range range
                && range.source().equals(pack)
                && range.offset() + range.length() == block.offset()) {
            parts.set(
                    parts.size() - 1, new ChunkStore.Part.Range(pack, range.offset(), range.length() + block.length()));
        } else {
            parts.add(new ChunkStore.Part.Range(pack, block.offset(), block.length()));
        }
        row(block);
    }

    /// Appends a block whose frame is given.
    void add(byte[] frame, Block block) {
        parts.add(new ChunkStore.Part.Bytes(ByteBuffer.wrap(frame)));
        row(block);
    }

    private void row(Block block) {
        rows.block(
                block.suite(),
                block.keyNumber(),
                length,
                block.length(),
                block.chunks().size());
        block.chunks().forEach(chunk -> rows.chunk(chunk.role(), chunk.id(), chunk.length()));
        length += block.length();
        blocks++;
    }

    /// Puts the pack.
    ///
    /// @return what an index has to say of it
    obnam.engine.format.IndexObject.PackEntry put(ChunkStore store, Frames frames) {
        byte[] end = PackTable.end(frames, header, type, rows, length);
        List<ChunkStore.Part> all = new ArrayList<>(parts);
        all.add(new ChunkStore.Part.Bytes(ByteBuffer.wrap(end)));
        ObjectName name = store.compose(ObjectKind.PACK, all);
        return new obnam.engine.format.IndexObject.PackEntry(name, length + end.length, type, rows);
    }
}
