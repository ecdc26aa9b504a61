package obnam.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import obnam.api.ObjectKind;
import obnam.server.account.Account;
import obnam.server.account.Right;
import obnam.server.repository.HostedRepository;
import obnam.server.repository.Repositories;
import obnam.server.repository.ScrubState;
import obnam.server.repository.Usage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/// Answers requests about a repository as a whole, and listings.
final class TenantRequests {

    static final String TYPE = "application/vnd.obnam.v1+json";

    private static final String LISTING_1 = "application/vnd.x.restic.rest.v1";
    private static final String LISTING_2 = "application/vnd.x.restic.rest.v2";
    private static final int LISTINGS = 16;
    private static final JsonFactory JSON = new JsonFactory();

    private final Repositories repositories;
    private final Limits limits;
    private final Events events;
    private final String version;
    private final Semaphore listings = new Semaphore(LISTINGS);

    /// @param version of the server, for clients' messages
    TenantRequests(Repositories repositories, Limits limits, Events events, String version) {
        this.repositories = repositories;
        this.limits = limits;
        this.events = events;
        this.version = version;
    }

    void handle(Exchange exchange, RequestTarget.Repository target) {
        switch (target.action()) {
            case NONE -> whole(exchange, target.repository());
            case CREATE -> exchange.when(Right.ADD, () -> create(exchange, target.repository()));
            case USAGE -> usage(exchange, target.repository());
            case UNDELETE ->
                exchange.when(
                        Right.ADD, () -> exchange.when(Right.DELETE, () -> undelete(exchange, target.repository())));
        }
    }

    private void whole(Exchange exchange, String repository) {
        boolean asks = TYPE.equals(exchange.request().getHeaders().get(HttpHeader.ACCEPT));
        switch (exchange.method()) {
            case "GET", "HEAD" -> {
                if (asks) {
                    greet(exchange, repository);
                } else {
                    exchange.nothing();
                }
            }
            case "DELETE" -> exchange.error(501, "a repository cannot be deleted this way");
            default -> exchange.error(405, "there is no such method here");
        }
    }

    private void greet(Exchange exchange, String repository) {
        Account account = exchange.caller().account();
        boolean exists = exists(account, repository);
        answer(exchange, json -> {
            json.writeNumberField("protocol", 1);
            json.writeStringField("server", version);
            json.writeBooleanField("exists", exists);
            json.writeArrayFieldStart("rights");
            for (Right right : exchange.caller().token().rights()) {
                json.writeString(right.text());
            }
            json.writeEndArray();
            json.writeNumberField("largest-object", limits.largestObject());
            json.writeBooleanField("conditional-put", true);
            json.writeBooleanField("durable", true);
            json.writeNumberField("staleness", 0);
            json.writeArrayFieldStart("requests");
            json.writeString("usage");
            json.writeString("undelete");
            json.writeEndArray();
        });
    }

    private boolean exists(Account account, String repository) {
        Optional<Repositories.Lease> lease = repositories.find(account, repository);
        lease.ifPresent(Repositories.Lease::close);
        return lease.isPresent();
    }

    private void create(Exchange exchange, String repository) {
        if (!exchange.method().equals("POST")) {
            exchange.error(405, "there is no such method here");
            return;
        }
        repositories.make(exchange.caller().account(), repository).close();
        events.made(exchange.caller(), repository);
        Reply.status(exchange.response(), exchange.callback(), 200);
    }

    private void usage(Exchange exchange, String repository) {
        Account account = exchange.caller().account();
        if (!exchange.method().equals("GET")) {
            exchange.error(405, "there is no such method here");
            return;
        }
        if (!exists(account, repository)) {
            exchange.nothing();
            return;
        }
        Usage usage = repositories.usage(account);
        answer(exchange, json -> {
            json.writeNumberField("bytes", usage.bytes());
            json.writeNumberField("objects", usage.objects());
            if (account.rules().quota().isPresent()) {
                json.writeNumberField("quota", account.rules().quota().getAsLong());
            }
            json.writeNumberField("retention", account.rules().retention().toSeconds());
            json.writeNumberField("undelete", account.rules().undelete().toSeconds());
            json.writeBooleanField("append-only", account.rules().appendOnly());
            write(json, ScrubState.of(repositories, account, repository));
        });
    }

    private static void write(JsonGenerator json, ScrubState state) throws IOException {
        if (!state.finished().isEmpty()) {
            json.writeObjectFieldStart("verified");
            json.writeStringField("finished", state.finished());
            json.writeNumberField("objects", state.verified());
            json.writeArrayFieldStart("damaged");
            for (String object : state.lastDamaged()) {
                json.writeString(object);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void undelete(Exchange exchange, String repository) {
        String since = exchange.request().getHeaders().get("Obnam-Since");
        Optional<Repositories.Lease> lease = repositories.find(exchange.caller().account(), repository);
        if (!exchange.method().equals("POST")) {
            exchange.error(405, "there is no such method here");
        } else if (lease.isEmpty()) {
            exchange.nothing();
        } else {
            try (Repositories.Lease held = lease.get()) {
                int count = held.repository().undelete(Instant.parse(since == null ? "" : since));
                events.undeleted(exchange.caller(), repository, count);
                answer(exchange, json -> json.writeNumberField("objects", count));
            } catch (DateTimeParseException _) {
                exchange.error(400, "Obnam-Since must be a time such as 2026-11-23T12:00:00Z");
            }
        }
    }

    /// Writes into an open JSON object.
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static void answer(Exchange exchange, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        Reply.text(exchange.response(), exchange.callback(), 200, TYPE, text + "\n");
    }

    /// Sends a listing while the store tells it; nothing of it is kept. That takes a thread for as long as
    /// the client takes, so only so many at once.
    void list(Exchange exchange, HostedRepository repository, ObjectKind kind) {
        if (!exchange.method().equals("GET")) {
            exchange.error(405, "there is no such method here");
        } else if (!listings.tryAcquire()) {
            exchange.later(503, Duration.ofSeconds(2), "too many listings");
        } else {
            try {
                send(exchange, repository, kind);
            } finally {
                listings.release();
            }
        }
    }

    private static void send(Exchange exchange, HostedRepository repository, ObjectKind kind) {
        Response response = exchange.response();
        boolean sizes = LISTING_2.equals(exchange.request().getHeaders().get(HttpHeader.ACCEPT));
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, sizes ? LISTING_2 : LISTING_1);
        // Closing any of them early would end the answer as if it were whole.
        OutputStream out = Response.asBufferedOutputStream(exchange.request(), response);
        try {
            JsonGenerator json = JSON.createGenerator(out);
            json.writeStartArray();
            repository.list(kind, object -> item(json, object, sizes));
            json.writeEndArray();
            json.flush();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.callback().succeeded();
    }

    private static void item(JsonGenerator json, obnam.api.ObjectInfo object, boolean sizes) {
        try {
            if (sizes) {
                json.writeStartObject();
                json.writeStringField("name", object.name().hex());
                json.writeNumberField("size", object.size());
                json.writeEndObject();
            } else {
                json.writeString(object.name().hex());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
