package obnam.store.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes of unknown number, up to a limit. Memory grows with what arrives, not with what a server announces.
final class Bytes implements BoundedBody.Sink {

    private static final int FIRST = 8192;

    private final int limit;
    private byte[] array = new byte[0];
    private int length;

    Bytes(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean take(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), limit - length);
        if (length + count > array.length) {
            long doubled = Math.max(FIRST, 2L * array.length);
            array = Arrays.copyOf(array, (int) Math.min(limit, Math.max(doubled, length + count)));
        }
        bytes.get(array, length, count);
        length += count;
        return !bytes.hasRemaining();
    }

    /// All of them, in an array of that length.
    byte[] toArray() {
        return length == array.length ? array : Arrays.copyOf(array, length);
    }
}
