package obnam.engine.backup;

import obnam.api.ObjectKind;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.Frames;
import obnam.engine.format.ObjectHeader;
import obnam.engine.format.PackTable;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;

/// Puts sealed blocks of all threads into packs of one type and hands full packs to the uploader. Thread-safe.
final class PackAssembler {

    private final Frames frames;
    private final PackType type;
    private final PackUploader uploader;
    private byte[] pack = {};
    private ObjectHeader header;
    private BlockRows rows = new BlockRows();
    private int length;

    PackAssembler(Frames frames, PackType type, PackUploader uploader) {
        this.frames = frames;
        this.type = type;
        this.uploader = uploader;
        this.header = frames.newHeader(ObjectKind.PACK);
    }

    /// Appends a block.
    ///
    /// @param frame its sealed frame; copied
    /// @param chunks its chunks, of which the first `count` count
    synchronized void add(byte[] frame, int frameLength, BlockFiller.ChunkRow[] chunks, int count) {
        int rowsLength = rows.encodedLength() + BlockRows.lengthOf(count);
        if (length > 0 && PackTable.wholeLength(length + frameLength, rowsLength) > Sizes.PACK_TARGET) {
            finish();
        }
        if (length == 0) {
            begin();
        }
        System.arraycopy(frame, 0, pack, length, frameLength);
        rows.block(frames.suite(), frames.keyNumber(), length, frameLength, count);
        for (int i = 0; i < count; i++) {
            rows.chunk(chunks[i].role(), chunks[i].id(), chunks[i].length());
        }
        length += frameLength;
    }

    private void begin() {
        pack = uploader.buffer();
        header = frames.newHeader(ObjectKind.PACK);
        ByteWriter start = new ByteWriter(Sizes.PAGE);
        header.write(start);
        start.zerosUpTo(Sizes.PAGE);
        System.arraycopy(start.buffer(), 0, pack, 0, Sizes.PAGE);
        length = Sizes.PAGE;
        rows = new BlockRows();
    }

    /// Hands on the pack that is being filled, if any.
    synchronized void finish() {
        if (length > 0) {
            int whole = PackTable.finish(frames, header, type, rows, pack, length);
            uploader.upload(pack, whole, type, rows);
            length = 0;
            rows = new BlockRows();
        }
    }
}
