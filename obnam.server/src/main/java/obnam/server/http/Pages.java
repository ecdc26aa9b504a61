package obnam.server.http;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import obnam.server.account.Right;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The pages of the server's own, below `/-/`.
final class Pages {

    private final BooleanSupplier ready;
    private final Metrics metrics;
    private final Supplier<String> status;

    /// @param ready whether new requests are taken
    /// @param status makes the status page, HTML
    Pages(BooleanSupplier ready, Metrics metrics, Supplier<String> status) {
        this.ready = ready;
        this.metrics = metrics;
        this.status = status;
    }

    /// Whether a page needs no token.
    boolean isPublic(String name) {
        return name.equals("health") || name.equals("ready");
    }

    /// Answers with a public page.
    void answer(String name, Response response, Callback callback) {
        boolean good = name.equals("health") || ready.getAsBoolean();
        Reply.text(response, callback, good ? 200 : 503, "text/plain; charset=utf-8", good ? "ok\n" : "stopping\n");
    }

    /// Answers with any page. Who may not see it does not learn that it is there.
    void answer(String name, Exchange exchange) {
        if (!exchange.caller().may(Right.ADMIN) || !exchange.method().equals("GET")) {
            exchange.nothing();
            return;
        }
        Response response = exchange.response();
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (name.equals("metrics")) {
            Reply.text(response, exchange.callback(), 200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
            return;
        }
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        Reply.text(response, exchange.callback(), 200, "text/html; charset=utf-8", status.get());
    }
}
