package obnam.server.http;

import java.nio.ByteBuffer;
import obnam.api.ObjectName;
import obnam.server.repository.HostedRepository;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/// Sends a part of an object, piece by piece: the next is read when the one before has gone, and no thread
/// waits for a slow client. A failure of the store in the middle ends the connection, so that nobody takes a
/// part for the whole.
final class Download extends IteratingCallback {

    private static final int PIECE = 256 << 10;

    private final HostedRepository repository;
    private final ObjectName name;
    private final Response response;
    private final Callback callback;
    private final byte[] piece;
    private long offset;
    private long left;

    Download(HostedRepository repository, ObjectName name, ByteRange range, Response response, Callback callback) {
        this.repository = repository;
        this.name = name;
        this.response = response;
        this.callback = callback;
        this.offset = range.first();
        this.left = range.length();
        this.piece = new byte[(int) Math.min(PIECE, left)];
    }

    @Override
    protected Action process() {
        if (left == 0) {
            return Action.SUCCEEDED;
        }
        int length = (int) Math.min(piece.length, left);
        repository.read(name, offset, length, piece);
        offset += length;
        left -= length;
        response.write(left == 0, ByteBuffer.wrap(piece, 0, length), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleted(@Nullable Throwable cause) {
        if (cause == null) {
            callback.succeeded();
        } else {
            callback.failed(cause);
        }
    }
}
