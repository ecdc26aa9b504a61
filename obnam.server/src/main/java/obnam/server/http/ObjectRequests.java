package obnam.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import obnam.api.ObjectName;
import obnam.server.account.Account;
import obnam.server.account.Right;
import obnam.server.repository.HostedRepository;
import obnam.server.repository.Repositories;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/// Answers requests about one object.
final class ObjectRequests {

    private final Limits limits;
    private final UploadMemory memory;
    private final Reservations reservations;
    private final Events events;
    private final LongSupplier nanoTime;

    ObjectRequests(Repositories repositories, Limits limits, Events events, LongSupplier nanoTime) {
        this.limits = limits;
        this.memory = new UploadMemory(Math.max(limits.uploadMemory(), limits.largestObject()), limits.connections());
        this.reservations = new Reservations(repositories);
        this.events = events;
        this.nanoTime = nanoTime;
    }

    void handle(Exchange exchange, HostedRepository repository, ObjectName name) {
        switch (exchange.method()) {
            case "HEAD" -> exchange.when(Right.READ, () -> head(exchange, repository, name));
            case "GET" -> exchange.when(Right.READ, () -> get(exchange, repository, name));
            case "POST" -> post(exchange, repository, name);
            case "DELETE" -> delete(exchange, repository, name);
            default -> exchange.error(405, "there is no such method here");
        }
    }

    private static void head(Exchange exchange, HostedRepository repository, ObjectName name) {
        OptionalLong size = repository.size(name);
        if (size.isEmpty()) {
            exchange.nothing();
            return;
        }
        Response response = exchange.response();
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, size.getAsLong());
        response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        exchange.callback().succeeded();
    }

    private static void get(Exchange exchange, HostedRepository repository, ObjectName name) {
        OptionalLong size = repository.size(name);
        if (size.isEmpty()) {
            exchange.nothing();
            return;
        }
        Response response = exchange.response();
        Optional<ByteRange> asked = Optional.ofNullable(
                        exchange.request().getHeaders().get(HttpHeader.RANGE))
                .flatMap(header -> ByteRange.parse(header, size.getAsLong()));
        ByteRange range = asked.orElseGet(() -> new ByteRange(0, size.getAsLong()));
        if (asked.isPresent() && range.length() == 0) {
            response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size.getAsLong());
            exchange.error(416, "the range is beyond the end");
            return;
        }
        response.setStatus(asked.isPresent() ? 206 : 200);
        if (asked.isPresent()) {
            long last = range.first() + range.length() - 1;
            response.getHeaders()
                    .put(HttpHeader.CONTENT_RANGE, "bytes " + range.first() + "-" + last + "/" + size.getAsLong());
        }
        response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, range.length());
        new Download(repository, name, range, response, exchange.callback()).iterate();
    }

    private void post(Exchange exchange, HostedRepository repository, ObjectName name) {
        long length = exchange.request().getLength();
        if (length < 0) {
            exchange.error(411, "the length of the body must be given");
        } else if (length > limits.largestObject()) {
            exchange.error(413, "an object has at most " + limits.largestObject() + " bytes");
        } else if (!exchange.caller().may(Right.ADD)) {
            discard(exchange, 403, "the token lacks the right add");
        } else if (!reservations.reserve(exchange.caller().account(), length)) {
            discard(exchange, 507, "the quota is used up");
        } else {
            receive(exchange, repository, name, (int) length);
        }
    }

    private void receive(Exchange exchange, HostedRepository repository, ObjectName name, int length) {
        Account account = exchange.caller().account();
        Repositories.Lease lease = exchange.takeLease();
        Runnable released = () -> {
            memory.release(length);
            reservations.release(account, length);
            lease.close();
        };
        boolean waits = memory.acquire(
                length,
                () -> exchange.execute(() -> {
                    Upload upload = new Upload(
                            name,
                            length,
                            (result, content) -> put(exchange, repository, name, result, content),
                            exchange::abandon,
                            released);
                    upload.read(exchange.request(), pace(), nanoTime);
                }));
        if (!waits) {
            reservations.release(account, length);
            lease.close();
            exchange.later(503, Duration.ofSeconds(5), "too many uploads");
        }
    }

    private void put(
            Exchange exchange, HostedRepository repository, ObjectName name, Upload.Result result, ByteBuffer content) {
        exchange.guard(() -> {
            if (result == Upload.Result.WRONG) {
                exchange.error(422, "the content does not fit the name");
                return;
            }
            repository.put(name, content);
            events.put(exchange.caller(), repository.name().name(), name);
            Reply.status(exchange.response(), exchange.callback(), 200);
        });
    }

    /// Reads a body and throws it away, so that the client is there to hear why.
    private void discard(Exchange exchange, int status, String reason) {
        BodyReader.End end = new BodyReader.End() {
            @Override
            public void whole() {
                exchange.error(status, reason);
            }

            @Override
            public void failed(Throwable cause) {
                exchange.abandon(cause);
            }
        };
        new BodyReader(exchange.request(), pace(), nanoTime, _ -> {}, end).run();
    }

    private BodyReader.Pace pace() {
        return new BodyReader.Pace(limits.grace().toNanos(), limits.leastRate());
    }

    private void delete(Exchange exchange, HostedRepository repository, ObjectName name) {
        boolean notice = name.kind() == obnam.api.ObjectKind.NOTICE;
        boolean may = exchange.caller().may(Right.DELETE)
                || notice && exchange.caller().may(Right.ADD);
        if (!may) {
            exchange.refuse("the token lacks the right delete");
        } else if (repository.delete(name, exchange.caller().account().rules())) {
            events.deleted(exchange.caller(), repository.name().name(), name);
            Reply.status(exchange.response(), exchange.callback(), 200);
        } else {
            exchange.nothing();
        }
    }

    /// For metrics: bytes of uploads in memory.
    long memoryUsed() {
        return memory.used();
    }
}
