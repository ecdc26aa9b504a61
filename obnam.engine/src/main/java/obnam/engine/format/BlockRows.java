package obnam.engine.format;

import obnam.api.ChunkId;
import obnam.api.ChunkSizes;

/// The block rows of a pack's table and of an index; section 5 of the format.
public final class BlockRows {

    private static final int ROLE_BITS = 2;
    private static final int ROLE_MASK = (1 << ROLE_BITS) - 1;
    private static final int LEAST_ROW = 5;
    private static final int LEAST_CHUNK = 33;

    /// Receives what rows say.
    public interface Visitor {
        /// A block begins.
        ///
        /// @param offset of its frame in the pack, in bytes
        /// @param length of its frame, in bytes
        /// @param chunks how many chunks follow
        void block(int suite, int keyNumber, int offset, int length, int chunks);

        /// A chunk of the block that was told last.
        ///
        /// @param offset of the chunk in the block's plaintext
        /// @param length of the chunk
        void chunk(ChunkRole role, ChunkId id, int offset, int length);
    }

    private final ByteWriter rows = new ByteWriter(4096);
    private int blocks;

    /// Makes empty rows.
    public BlockRows() {}

    /// Appends a block; its chunks follow by [#chunk].
    public void block(int suite, int keyNumber, int offset, int length, int chunks) {
        rows.u8(suite)
                .varint(keyNumber)
                .varint(offset / Sizes.PAGE)
                .varint(length / Sizes.PAGE)
                .varint(chunks);
        blocks++;
    }

    /// Appends a chunk.
    ///
    /// @throws IllegalArgumentException if it is longer than any reader takes
    public void chunk(ChunkRole role, ChunkId id, int length) {
        if (length > ChunkSizes.LARGEST) {
            throw new IllegalArgumentException("a chunk of " + length + " bytes is too long");
        }
        rows.varint((long) length << ROLE_BITS | role.number()).id(id);
    }

    /// A visitor that appends here what it is told.
    public Visitor copier() {
        return new Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {
                BlockRows.this.block(suite, keyNumber, offset, length, chunks);
            }

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                BlockRows.this.chunk(role, id, length);
            }
        };
    }

    /// Tells a visitor of all rows.
    public void tell(Visitor visitor) {
        ByteWriter all = new ByteWriter(encodedLength());
        write(all);
        read(new ByteReader(all.buffer(), 0, all.length(), "rows"), Sizes.OBJECT_LIMIT, visitor);
    }

    /// An upper bound of the length that [#write] writes.
    public int encodedLength() {
        return rows.length() + 10;
    }

    /// Upper bound of the bytes by which a block with so many chunks makes the rows longer.
    public static int lengthOf(int chunks) {
        return 24 + chunks * (ChunkId.BYTES + 5);
    }

    /// Writes the number of blocks and the rows.
    public void write(ByteWriter out) {
        out.varint(blocks).raw(rows.buffer(), 0, rows.length());
    }

    /// Reads rows.
    ///
    /// @param limit where the blocks of the pack must end
    public static void read(ByteReader in, int limit, Visitor visitor) {
        int blocks = in.count(in.remaining() / LEAST_ROW);
        int behind = Sizes.PAGE;
        for (int i = 0; i < blocks; i++) {
            int suite = in.u8();
            int keyNumber = in.count(Integer.MAX_VALUE);
            int offset = in.count(Sizes.OBJECT_LIMIT / Sizes.PAGE) * Sizes.PAGE;
            int length = in.count(Sizes.OBJECT_LIMIT / Sizes.PAGE) * Sizes.PAGE;
            int chunks = in.count(in.remaining() / LEAST_CHUNK);
            if (offset < behind || length == 0 || offset + length > limit) {
                throw in.damage("a block does not fit its pack");
            }
            behind = offset + length;
            visitor.block(suite, keyNumber, offset, length, chunks);
            readChunks(in, chunks, visitor);
        }
    }

    private static void readChunks(ByteReader in, int chunks, Visitor visitor) {
        int offset = 0;
        for (int i = 0; i < chunks; i++) {
            long lengthAndRole = in.varint((long) ChunkSizes.LARGEST << ROLE_BITS | ROLE_MASK);
            int length = (int) (lengthAndRole >>> ROLE_BITS);
            ChunkRole role = ChunkRole.of((int) lengthAndRole & ROLE_MASK, "pack");
            if (offset + length > Sizes.BLOCK_LIMIT) {
                throw in.damage("a block is too long");
            }
            visitor.chunk(role, in.id(), offset, length);
            offset += length;
        }
    }
}
