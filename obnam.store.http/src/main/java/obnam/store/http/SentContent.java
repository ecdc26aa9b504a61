package obnam.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Objects;

/// The body of a put: reads the caller's buffer while the call lasts, and never after, since the buffer is the
/// caller's again then. A transfer that should still go on fails at that, so the server sees no whole object.
final class SentContent extends InputStream {

    private final ByteBuffer content;
    private boolean ended;

    /// @param content its position and limit are not changed
    SentContent(ByteBuffer content) {
        this.content = content.duplicate();
    }

    BodyPublisher publisher() {
        int length = content.remaining();
        return length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> this), length);
    }

    /// The call is over.
    synchronized void end() {
        ended = true;
    }

    @Override
    public synchronized int read() throws IOException {
        requireGoingOn();
        return content.hasRemaining() ? content.get() & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        requireGoingOn();
        if (!content.hasRemaining()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, content.remaining());
        content.get(target, offset, count);
        return count;
    }

    private void requireGoingOn() throws IOException {
        if (ended) {
            throw new IOException("the call is over");
        }
    }
}
