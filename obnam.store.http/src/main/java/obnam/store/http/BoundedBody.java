package obnam.store.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Takes the body of an answer up to a limit, and hangs up on a server that sends more.
///
/// After [#end] nothing is written to the sink any more: its memory is the caller's again.
final class BoundedBody implements BodySubscriber<BoundedBody.End> {

    /// How a body ended.
    enum End {
        /// All of it was taken.
        WHOLE,
        /// There was more than the sink takes.
        CUT
    }

    /// Takes bytes; called by one thread at a time.
    interface Sink {

        /// Is told the status of the answer before the first bytes.
        default void begin(int status) {}

        /// @param bytes taken from position on
        /// @return false if that is more than it takes
        boolean take(ByteBuffer bytes);
    }

    private final Sink sink;
    private final CompletableFuture<End> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private boolean ended;

    BoundedBody(Sink sink) {
        this.sink = sink;
    }

    /// The call is over.
    synchronized void end() {
        ended = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<End> getBody() {
        return done;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        if (ended || subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(1);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> parts) {
        Flow.Subscription current = subscription;
        if (ended || current == null) {
            return;
        }
        for (ByteBuffer part : parts) {
            if (!sink.take(part)) {
                ended = true;
                current.cancel();
                done.complete(End.CUT);
                return;
            }
        }
        current.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete(End.WHOLE);
    }
}
