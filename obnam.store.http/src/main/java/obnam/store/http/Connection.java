package obnam.store.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import obnam.api.ObnamException;
import obnam.api.StoreAccess;
import obnam.api.StoreException;
import obnam.api.UntrustedServerException;

/// Sends requests to one server. Each calling thread has a request of its own under way, on a connection of
/// its own (HTTP/1.1: several connections fill a long line better than one, and what attacks HTTP/2 has no
/// target); they are kept for later requests.
///
/// A call ends when its answer is there, when its time is over (a minute, and more for many bytes), or when its
/// thread is interrupted.
final class Connection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long SLOWEST = 8192; // bytes a second

    private final HttpClient client;
    private final ServerTrust trust;
    private final Optional<String> authorization;
    private final String server;

    Connection(ServerLocation location, StoreAccess access) {
        this.trust = ServerTrust.of(access);
        this.server = location.toString();
        this.authorization = access.value(StoreAccess.TOKEN).map(token -> authorization(location, token));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(30))
                .sslContext(trust.context())
                .build();
    }

    private static String authorization(ServerLocation location, String token) {
        return location.user()
                .map(user -> "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8)))
                .orElse("Bearer " + token);
    }

    /// A request as a caller describes it.
    ///
    /// @param what what fails if it fails, such as `cannot store an object`
    /// @param subject to what
    record Call(String what, String subject, HttpRequest.Builder request, long bytes) {

        static Call of(String what, URI uri) {
            return new Call(what, uri.toString(), HttpRequest.newBuilder(uri), 0);
        }

        Call method(String name) {
            request.method(name, BodyPublishers.noBody());
            return this;
        }

        Call post(BodyPublisher body, long length) {
            request.POST(body);
            return new Call(what, subject, request, length);
        }

        Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        /// @param length how many bytes are expected
        Call expecting(long length) {
            return new Call(what, subject, request, length);
        }
    }

    /// Status and headers, and the text of an error.
    ///
    /// @param sink what a success was written to
    /// @param whole whether the success's body ended where the sink did
    record Answer<S>(Call call, int status, HttpHeaders headers, byte[] text, S sink, boolean whole) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        ObnamException failure() {
            return Answers.failure(
                    status,
                    headers,
                    text,
                    call.what(),
                    call.subject(),
                    InstantSource.system().instant());
        }

        /// @throws ObnamException if it is no success
        Answer<S> orThrow() {
            if (!isSuccess()) {
                throw failure();
            }
            return this;
        }

        /// The text of a header that is a number, or -1.
        long number(String name) {
            String text = headers.firstValue(name).orElse("");
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        }
    }

    /// Sends a request whose answer is of no interest but for its status.
    Answer<Bytes> send(Call call) {
        return send(call, new Bytes(Answers.TEXT_LIMIT));
    }

    /// Sends a request and has a success written to `sink`; not after this has returned.
    <S extends BoundedBody.Sink> Answer<S> send(Call call, S sink) {
        Bytes text = new Bytes(Answers.TEXT_LIMIT);
        BoundedBody success = new BoundedBody(sink);
        BoundedBody error = new BoundedBody(text);
        try {
            HttpResponse<BoundedBody.End> answer = exchange(call, info -> {
                sink.begin(info.statusCode());
                return info.statusCode() / 100 == 2 ? success : error;
            });
            boolean whole = answer.body() == BoundedBody.End.WHOLE;
            return new Answer<>(call, answer.statusCode(), answer.headers(), text.toArray(), sink, whole);
        } finally {
            success.end();
            error.end();
        }
    }

    /// Sends a request and gives a success as a stream, to be closed by the caller.
    Answer<StreamedBody> stream(Call call) {
        StreamedBody body = new StreamedBody(PATIENCE);
        Bytes text = new Bytes(Answers.TEXT_LIMIT);
        BoundedBody error = new BoundedBody(text);
        try {
            HttpResponse<?> answer = this.<Object>exchange(
                    call,
                    info -> info.statusCode() / 100 == 2
                            ? HttpResponse.BodySubscribers.mapping(body, stream -> stream)
                            : HttpResponse.BodySubscribers.mapping(error, end -> end));
            return new Answer<>(call, answer.statusCode(), answer.headers(), text.toArray(), body, true);
        } finally {
            error.end();
        }
    }

    private <T> HttpResponse<T> exchange(Call call, BodyHandler<T> handler) {
        call.request().setHeader("User-Agent", "obnam");
        authorization.ifPresent(value -> call.request().setHeader("Authorization", value));
        CompletableFuture<HttpResponse<T>> answer =
                client.sendAsync(call.request().build(), handler);
        try {
            return answer.get(PATIENCE.toMillis() + 1000 * (call.bytes() / SLOWEST), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw StoreException.passing(call.what() + " (interrupted)", call.subject(), "Run this again", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw StoreException.passing(
                    call.what() + " (the server does not answer)", call.subject(), "Run this again later", e);
        } catch (ExecutionException e) {
            throw failed(call, e.getCause() == null ? e : e.getCause());
        }
    }

    private ObnamException failed(Call call, Throwable cause) {
        if (cause instanceof SSLException) {
            Optional<UntrustedServerException> refusal = trust.refusal(server, cause);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        if (!(cause instanceof IOException)) {
            return StoreException.lasting(call.what(), call.subject(), "See --debug for what happened", cause);
        }
        String reason =
                cause instanceof java.net.ConnectException ? "the server cannot be reached" : "the connection broke";
        return StoreException.passing(
                call.what() + " (" + reason + ")", call.subject(), "Check the network and the server", cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
