package obnam.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import obnam.api.LocalException;
import obnam.server.account.Accounts;
import obnam.server.repository.Repositories;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The server's face to the network.
///
/// HTTP/1.1 only: a client that wants more in flight opens more connections, and what attacks HTTP/2's
/// streams finds none. Threads are taken by work, never by waiting for a client, except for listings, which
/// are counted.
public final class HttpService implements AutoCloseable {

    private static final int THREADS = 64;
    private static final int HEADER_LIMIT = 16 << 10;
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler graceful = new GracefulHandler();
    private final Metrics metrics = new Metrics();

    /// What the service is made of.
    ///
    /// @param host to listen on
    /// @param port to listen on; 0 for any that is free
    /// @param tls the server's certificate; without one only this machine's own addresses may be listened on
    /// @param accounts as they are now
    /// @param status makes the status page
    /// @param accessLog takes a line for each request
    /// @param events is told of what requests did
    public record Parts(
            String host,
            int port,
            Optional<SSLContext> tls,
            Limits limits,
            Supplier<Accounts> accounts,
            Repositories repositories,
            Supplier<String> status,
            Consumer<String> accessLog,
            Events events,
            String version) {}

    /// Not started yet.
    public HttpService(Parts parts) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        server = new Server(threads);
        server.setStopTimeout(STOP.toMillis());
        connector = connector(parts);
        ConnectionGuard guard = new ConnectionGuard(
                connector.getScheduler(), parts.limits().header().toNanos(), System::nanoTime);
        connector.addBean(guard);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(parts.limits().connections(), connector));
        Pages pages = new Pages(() -> !graceful.isShutdown(), metrics, parts.status());
        RequestHandler handler = new RequestHandler(
                parts.accounts(),
                parts.repositories(),
                parts.limits(),
                pages,
                guard,
                parts.events(),
                parts.version(),
                System::nanoTime);
        graceful.setHandler(handler);
        server.setHandler(graceful);
        server.setErrorHandler(new PlainErrors());
        server.setRequestLog(new AccessLog(parts.accessLog(), metrics));
        metrics.gauge("obnam_connections", "Connections open", guard::count);
        metrics.gauge("obnam_upload_memory_bytes", "Bytes of uploads in memory", handler::uploadMemory);
    }

    private ServerConnector connector(Parts parts) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_LIMIT);
        // A connection's cache of header fields takes values for equal that differ in case only: tokens, too.
        http.setHeaderCacheSize(0);
        http.setHeaderCacheCaseSensitive(true);
        http.setOutputBufferSize(32 << 10);
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        ServerConnector made;
        if (parts.tls().isPresent()) {
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setSslContext(parts.tls().get());
            tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            made = new ServerConnector(
                    server, 1, 1, new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()), factory);
        } else {
            made = new ServerConnector(server, 1, 1, factory);
        }
        made.setHost(parts.host());
        made.setPort(parts.port());
        made.setIdleTimeout(parts.limits().idle().toMillis());
        made.setAcceptQueueSize(512);
        made.setShutdownIdleTimeout(200);
        return made;
    }

    /// Errors that are found before a request reaches us, in one line.
    private static final class PlainErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus() < 400 ? 500 : response.getStatus();
            Reply.error(response, callback, status, "refused");
            return true;
        }
    }

    /// Begins to answer.
    ///
    /// @throws LocalException if the address cannot be listened on
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new LocalException(
                    "cannot listen", connector.getHost() + ":" + connector.getPort(), "Is another server there?", e);
        }
    }

    /// The port that is listened on.
    public int port() {
        return connector.getLocalPort();
    }

    /// Ends when the server has stopped.
    public void join() throws InterruptedException {
        server.join();
    }

    /// Adds a figure to the metrics.
    public void gauge(String name, String help, java.util.function.DoubleSupplier value) {
        metrics.gauge(name, help, value);
    }

    /// Takes no more requests, lets those under way end, and stops.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
