package obnam.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import obnam.server.account.Accounts;
import obnam.server.account.Caller;
import obnam.server.repository.Repositories;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The way of every request: read its target, find out who asks, keep to the bounds, then do it. A request of
/// nobody is answered before anything is looked at, and a request about nothing is answered alike for
/// everybody.
final class RequestHandler extends Handler.Abstract {

    private final Supplier<Accounts> accounts;
    private final Repositories repositories;
    private final Gate gate;
    private final ObjectRequests objects;
    private final TenantRequests tenants;
    private final Pages pages;
    private final ConnectionGuard connections;
    private final Events events;

    /// @param accounts as they are now
    /// @param nanoTime a clock that cannot be set
    RequestHandler(
            Supplier<Accounts> accounts,
            Repositories repositories,
            Limits limits,
            Pages pages,
            ConnectionGuard connections,
            Events events,
            String version,
            LongSupplier nanoTime) {
        this.accounts = accounts;
        this.repositories = repositories;
        this.pages = pages;
        this.connections = connections;
        this.events = events;
        this.gate = new Gate(new Gate.Limits(limits.requestsPerSecond(), limits.requestsUnderWay()), nanoTime);
        this.objects = new ObjectRequests(repositories, limits, events, nanoTime);
        this.tenants = new TenantRequests(repositories, limits, events, version);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        connections.begun(request);
        RequestTarget target = RequestTarget.parse(
                request.getHttpURI().getPath(), request.getHttpURI().getQuery());
        if (target instanceof RequestTarget.Page page && pages.isPublic(page.name())) {
            pages.answer(page.name(), response, callback);
            return true;
        }
        Optional<Caller> caller =
                Credentials.caller(request.getHeaders().get(HttpHeader.AUTHORIZATION), accounts.get());
        if (caller.isEmpty()) {
            events.unknown(Request.getRemoteAddr(request));
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"obnam\", charset=\"UTF-8\"");
            Reply.error(response, callback, 401, "a token is needed");
            return true;
        }
        request.setAttribute(AccessLog.CALLER, caller.get());
        OptionalLong wait = gate.enter(caller.get());
        if (wait.isEmpty()) {
            Reply.later(response, callback, 429, Duration.ofSeconds(1), "too many requests");
            return true;
        }
        Runnable left = () -> gate.leave(caller.get());
        Exchange exchange = new Exchange(request, response, callback, caller.get(), events, left);
        exchange.after(wait.getAsLong(), () -> handle(exchange, target));
        return true;
    }

    /// Bytes of uploads in memory.
    long uploadMemory() {
        return objects.memoryUsed();
    }

    private void handle(Exchange exchange, RequestTarget target) {
        switch (target) {
            case RequestTarget.Nothing _ -> exchange.nothing();
            case RequestTarget.Page page -> pages.answer(page.name(), exchange);
            case RequestTarget.Repository repository -> tenants.handle(exchange, repository);
            case RequestTarget.Listing listing -> {
                if (find(exchange, listing.repository())) {
                    exchange.when(
                            obnam.server.account.Right.READ,
                            () -> tenants.list(exchange, exchange.repository(), listing.kind()));
                }
            }
            case RequestTarget.OneObject object -> {
                if (find(exchange, object.repository())) {
                    objects.handle(exchange, exchange.repository(), object.name());
                }
            }
        }
    }

    private boolean find(Exchange exchange, String repository) {
        Optional<Repositories.Lease> lease = repositories.find(exchange.caller().account(), repository);
        lease.ifPresentOrElse(exchange::hold, exchange::nothing);
        return lease.isPresent();
    }
}
