package obnam.engine.check;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import obnam.api.ChunkId;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.SealedObject;

/// A digest of block rows, to compare those of an index with those of the pack without keeping either.
final class RowsDigest implements BlockRows.Visitor {

    private static final int LENGTH = 64;

    private final MessageDigest digest = SealedObject.sha256();
    private final byte[] row = new byte[LENGTH];

    @Override
    public void block(int suite, int keyNumber, int offset, int length, int chunks) {
        Arrays.fill(row, (byte) 0);
        ByteBuffer.wrap(row)
                .putInt(suite)
                .putInt(keyNumber)
                .putInt(offset)
                .putInt(length)
                .putInt(chunks);
        digest.update(row);
    }

    @Override
    public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
        Arrays.fill(row, (byte) 0);
        ByteBuffer.wrap(row).putInt(role.number()).putInt(offset).putInt(length).put(id.toBytes());
        digest.update(row);
    }

    /// The digest; may be asked once.
    ByteBuffer finish() {
        return ByteBuffer.wrap(digest.digest());
    }
}
