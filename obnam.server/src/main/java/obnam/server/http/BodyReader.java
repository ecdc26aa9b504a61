package obnam.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Receives the body of a request without holding a thread while nothing comes.
///
/// After a grace period the body must come at a least rate, else it fails: neither a silent client (the
/// connection's idle time-out ends that) nor a trickling one can hold memory for long.
final class BodyReader implements Runnable {

    /// What a body has to keep to.
    ///
    /// @param graceNanos for how long any rate will do
    /// @param leastRate bytes a second on average after that
    record Pace(long graceNanos, long leastRate) {}

    /// Is told how a body ended: once, and nothing after that.
    interface End {
        void whole();

        void failed(Throwable cause);
    }

    private final Request request;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Consumer<ByteBuffer> sink;
    private final End end;
    private final long begun;
    private long received;

    /// @param sink takes the bytes, in order, one call at a time
    BodyReader(Request request, Pace pace, LongSupplier nanoTime, Consumer<ByteBuffer> sink, End end) {
        this.request = request;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.sink = sink;
        this.end = end;
        this.begun = nanoTime.getAsLong();
    }

    /// Takes what is there, and comes back when there is more.
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                if (isTooSlow()) {
                    failed(new TimeoutException("the body comes too slowly"));
                } else {
                    request.demand(this);
                }
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end.failed(chunk.getFailure());
                return;
            }
            received += chunk.remaining();
            sink.accept(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                end.whole();
                return;
            }
        }
    }

    private void failed(Throwable cause) {
        request.fail(cause);
        end.failed(cause);
    }

    private boolean isTooSlow() {
        long elapsed = nanoTime.getAsLong() - begun - pace.graceNanos();
        return elapsed > 0 && received / (double) pace.leastRate() < elapsed / 1e9;
    }
}
