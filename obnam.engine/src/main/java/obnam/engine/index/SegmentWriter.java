package obnam.engine.index;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import obnam.api.ChunkId;
import obnam.api.ObjectName;

/// Writes the pages of a segment, table after table. The rows come in the order of the tables, and the chunks
/// rising by id; there are as many of each as the layout says.
final class SegmentWriter {

    private final OutputStream out;
    private final byte[] page = new byte[SegmentPages.PAGE];
    private final ByteBuffer rows = ByteBuffer.wrap(page);
    private final SegmentLayout layout;
    private int table;

    /// Writes the header page.
    SegmentWriter(OutputStream out, SegmentLayout layout) {
        this.out = out;
        this.layout = layout;
        rows.put(layout.header(), 0, SegmentPages.USABLE);
    }

    /// @param firstPage of the table that the row belongs to
    private void begin(int firstPage, int length) {
        if (firstPage != table || rows.position() + length > SegmentPages.USABLE) {
            endPage();
            table = firstPage;
        }
    }

    private void endPage() {
        if (rows.position() > 0) {
            java.util.Arrays.fill(page, rows.position(), SegmentPages.USABLE, (byte) 0);
            rows.putInt(SegmentPages.USABLE, SegmentPages.checksum(page));
            try {
                out.write(page);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows.clear();
        }
    }

    void name(ObjectName name) {
        begin(layout.namesPage(), SegmentLayout.NAME_ROW);
        rows.put(HexFormat.of().parseHex(name.hex()));
    }

    void remark(Remark remark, int source) {
        begin(layout.remarksPage(), SegmentLayout.REMARK_ROW);
        rows.putInt(source).put((byte) remark.type().code());
        rows.put(HexFormat.of().parseHex(remark.subject().hex())).putInt(remark.number());
    }

    void pack(PackInfo pack, int source) {
        begin(layout.packsPage(), SegmentLayout.PACK_ROW);
        rows.put(HexFormat.of().parseHex(pack.name().hex()));
        rows.putInt(pack.size()).put((byte) pack.type().number()).putInt(source);
    }

    void block(int pack, int suite, int keyNumber, int offset, int length) {
        begin(layout.blocksPage(), SegmentLayout.BLOCK_ROW);
        rows.putInt(pack).put((byte) suite).putInt(keyNumber).putInt(offset).putInt(length);
    }

    void chunk(ChunkId id, int block, int offset, int lengthAndRole) {
        begin(layout.chunksPage(), SegmentLayout.CHUNK_ROW);
        id.writeTo(page, rows.position());
        rows.position(rows.position() + ChunkId.BYTES);
        rows.putInt(block).putInt(offset).putInt(lengthAndRole);
    }

    /// Writes what is left.
    void finish() {
        endPage();
    }
}
