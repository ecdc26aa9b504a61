package obnam.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of an answer as a stream that does not wait for ever: the JDK's own has no time-out for a server
/// that falls silent. Holds one delivery of the connection at a time.
final class StreamedBody extends InputStream implements BodySubscriber<InputStream> {

    private sealed interface Event {}

    private record Data(List<ByteBuffer> parts) implements Event {}

    private record Failed(Throwable cause) implements Event {}

    private record Finished() implements Event {}

    private final Duration patience;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private Iterator<ByteBuffer> parts = List.<ByteBuffer>of().iterator();
    private @Nullable ByteBuffer current;
    private boolean finished;

    /// @param patience how long to wait for the next bytes
    StreamedBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> data) {
        events.add(new Data(data));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Failed(failure));
    }

    @Override
    public void onComplete() {
        events.add(new Finished());
    }

    @Override
    public int read() throws IOException {
        ByteBuffer next = next();
        return next == null ? -1 : next.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        ByteBuffer next = length == 0 ? null : next();
        if (next == null) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, next.remaining());
        next.get(target, offset, count);
        return count;
    }

    /// What is to be read next, which is not empty; null at the end.
    private @Nullable ByteBuffer next() throws IOException {
        while (current == null || !current.hasRemaining()) {
            if (parts.hasNext()) {
                current = parts.next();
            } else if (finished || !isMore()) {
                return null;
            }
        }
        return current;
    }

    private boolean isMore() throws IOException {
        switch (await()) {
            case Data data -> {
                parts = data.parts().iterator();
                subscription.join().request(1);
            }
            case Failed failed -> throw new IOException("the connection broke", failed.cause());
            case Finished _ -> finished = true;
        }
        return !finished;
    }

    private Event await() throws IOException {
        try {
            Event event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new HttpTimeoutException("the server fell silent");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        var _ = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
