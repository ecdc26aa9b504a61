package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where things are in a segment.
///
/// A segment is an immutable file of pages: a header page, then five tables, each beginning with a page of
/// its own: the names of the INDEX objects it stands for, what they say besides packs, packs, blocks, and
/// chunks in the order of their ids. Rows have a fixed length and never cross a page.
///
/// @param names number of INDEX objects
/// @param remarks number of things they say besides packs
/// @param packs number of packs
/// @param blocks number of blocks
/// @param chunks number of chunks
record SegmentLayout(int names, int remarks, int packs, int blocks, int chunks) {

    static final int NAME_ROW = 32;
    /// INDEX object that says it 4, type 1, name 32, number 4
    static final int REMARK_ROW = 41;
    /// name 32, size 4, type 1, INDEX object that names it 4
    static final int PACK_ROW = 41;
    /// pack 4, suite 1, key number 4, offset 4, length 4
    static final int BLOCK_ROW = 17;
    /// id 32, block 4, offset in the block's plaintext 4, length and role 4
    static final int CHUNK_ROW = 44;

    private static final byte[] MAGIC = {'O', 'b', 'n', 'a', 'm', 's', 'e', 'g', '2'};

    static int rowsAPage(int row) {
        return SegmentPages.USABLE / row;
    }

    private static int pages(int rows, int row) {
        return Math.ceilDiv(rows, rowsAPage(row));
    }

    int namesPage() {
        return 1;
    }

    int remarksPage() {
        return namesPage() + pages(names, NAME_ROW);
    }

    int packsPage() {
        return remarksPage() + pages(remarks, REMARK_ROW);
    }

    int blocksPage() {
        return packsPage() + pages(packs, PACK_ROW);
    }

    int chunksPage() {
        return blocksPage() + pages(blocks, BLOCK_ROW);
    }

    int chunkPages() {
        return pages(chunks, CHUNK_ROW);
    }

    int allPages() {
        return Math.addExact(chunksPage(), chunkPages());
    }

    /// The header page, without its checksum.
    byte[] header() {
        ByteBuffer page = ByteBuffer.allocate(SegmentPages.PAGE);
        page.put(MAGIC)
                .putInt(names)
                .putInt(remarks)
                .putInt(packs)
                .putInt(blocks)
                .putInt(chunks);
        return page.array();
    }

    /// Reads a header page.
    static SegmentLayout read(ByteBuffer in) {
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamagedCacheException("not a segment of this version");
        }
        return new SegmentLayout(in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
    }
}
