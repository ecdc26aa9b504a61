package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import obnam.api.ChunkId;

/// The bytes of a segment as pages of 4,096, each of which ends with a checksum (CRC-32C) of the rest, so that a
/// cache that was damaged on disk is noticed wherever it is used, without ever being read as a whole. A page is
/// checked when it is first used; from then on it is read in place.
///
/// Thread-safe.
final class SegmentPages {

    static final int PAGE = 4096;
    static final int USABLE = PAGE - Integer.BYTES;

    private final ByteBuffer bytes;
    /// A bit for each page that was found sound. Threads that write one word at once may lose a bit, which only makes
    /// somebody check that page again.
    private final long[] sound;

    /// @param bytes the segment, mapped or in memory; never changed
    SegmentPages(ByteBuffer bytes) {
        this.bytes = bytes;
        this.sound = new long[Math.ceilDiv(count(), Long.SIZE)];
    }

    int count() {
        return bytes.capacity() / PAGE;
    }

    /// Where a page begins, of which the checksum is right.
    ///
    /// @throws DamagedCacheException if the page is not there or not as it was written
    int begin(int page) {
        if (page < 0 || page >= count()) {
            throw new DamagedCacheException("a page is missing");
        }
        long bit = 1L << page;
        if ((sound[page / Long.SIZE] & bit) == 0) {
            check(page);
            sound[page / Long.SIZE] |= bit;
        }
        return page * PAGE;
    }

    private void check(int page) {
        try {
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.slice(page * PAGE, USABLE));
            if (bytes.getInt(page * PAGE + USABLE) != (int) checksum.getValue()) {
                throw new DamagedCacheException("a page is damaged");
            }
        } catch (InternalError e) {
            throw unreadable(e);
        }
    }

    /// Four bytes of a page that was begun.
    int getInt(int at) {
        try {
            return bytes.getInt(at);
        } catch (InternalError e) {
            throw unreadable(e);
        }
    }

    /// Eight bytes of a page that was begun.
    long getLong(int at) {
        try {
            return bytes.getLong(at);
        } catch (InternalError e) {
            throw unreadable(e);
        }
    }

    /// The order of an id to the one that is kept there, as [ChunkId#compareTo] has it.
    int compare(ChunkId id, int at) {
        int order = Long.compareUnsigned(id.first(), getLong(at));
        return order != 0 ? order : id.compareTo(id(at));
    }

    ChunkId id(int at) {
        return new ChunkId(getLong(at), getLong(at + 8), getLong(at + 16), getLong(at + 24));
    }

    /// A copy of some bytes of a page that was begun.
    ByteBuffer copy(int at, int length) {
        byte[] target = new byte[length];
        try {
            bytes.get(at, target);
        } catch (InternalError e) {
            throw unreadable(e);
        }
        return ByteBuffer.wrap(target);
    }

    /// An internal error is how the JVM reports that a mapped file cannot be read.
    private static DamagedCacheException unreadable(InternalError e) {
        return new DamagedCacheException("a page cannot be read", e);
    }

    /// The checksum of a page's first 4,092 bytes.
    static int checksum(byte[] page) {
        CRC32C checksum = new CRC32C();
        checksum.update(page, 0, USABLE);
        return (int) checksum.getValue();
    }
}
