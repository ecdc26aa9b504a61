package obnam.store.http;

import java.nio.ByteBuffer;

/// A part of a body, written into a part of the caller's array.
final class Section implements BoundedBody.Sink {

    private final byte[] target;
    private final int offset;
    private final int length;
    private long skip;
    private int done;

    /// @param skip how many bytes to leave out first if the server sends the whole object
    Section(byte[] target, int offset, int length, long skip) {
        this.target = target;
        this.offset = offset;
        this.length = length;
        this.skip = skip;
    }

    @Override
    public void begin(int status) {
        if (status == 206) {
            skip = 0;
        }
    }

    @Override
    public boolean take(ByteBuffer bytes) {
        int skipped = (int) Math.min(skip, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        skip -= skipped;
        int count = Math.min(bytes.remaining(), length - done);
        bytes.get(target, offset + done, count);
        done += count;
        return !bytes.hasRemaining();
    }

    /// Whether all of it arrived.
    boolean isFull() {
        return done == length;
    }
}
