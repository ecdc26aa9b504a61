package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes of a segment as pages of 4,096, each of which ends with a checksum (CRC-32C) of the rest, so that a
/// cache that was damaged on disk is noticed wherever it is used, without ever being read as a whole. Thread-safe.
final class SegmentPages {

    static final int PAGE = 4096;
    static final int USABLE = PAGE - Integer.BYTES;

    private final ByteBuffer bytes;

    /// @param bytes the segment, mapped or in memory; never changed
    SegmentPages(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int count() {
        return bytes.capacity() / PAGE;
    }

    /// Copies a page.
    ///
    /// @param target gets the 4,096 bytes
    /// @throws DamagedCacheException if the page is not there or not as it was written
    void read(int page, byte[] target) {
        if (page < 0 || page >= count()) {
            throw new DamagedCacheException("a page is missing");
        }
        try {
            bytes.get(page * PAGE, target, 0, PAGE);
        } catch (InternalError e) { // how the JVM reports that a mapped file cannot be read
            throw new DamagedCacheException("a page cannot be read", e);
        }
        if (ByteBuffer.wrap(target).getInt(USABLE) != checksum(target)) {
            throw new DamagedCacheException("a page is damaged");
        }
    }

    /// The checksum of a page's first 4,092 bytes.
    static int checksum(byte[] page) {
        CRC32C checksum = new CRC32C();
        checksum.update(page, 0, USABLE);
        return (int) checksum.getValue();
    }
}
