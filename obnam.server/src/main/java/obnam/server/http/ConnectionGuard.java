package obnam.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes connections on which no request is under way for longer than a while, whatever is trickling in on
/// them: an idle time-out alone is kept off by one byte now and then.
///
/// A connection counts from its opening, or from the end of its last request, to the moment the header of the
/// next one is complete. Thread-safe.
final class ConnectionGuard extends AbstractLifeCycle implements Connection.Listener {

    private static final long SWEEP_MILLIS = 1000;

    private static final class State {
        int requests;
        long quietSince;

        State(long now) {
            quietSince = now;
        }
    }

    private final Scheduler scheduler;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final Map<Connection, State> connections = new ConcurrentHashMap<>();

    ConnectionGuard(Scheduler scheduler, long patienceNanos, LongSupplier nanoTime) {
        this.scheduler = scheduler;
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doStart() {
        sweepLater();
    }

    private void sweepLater() {
        scheduler.schedule(
                () -> {
                    if (isRunning()) {
                        sweep();
                        sweepLater();
                    }
                },
                SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) { // not the layer of TLS below it
            connections.put(connection, new State(nanoTime.getAsLong()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /// A request's header is complete.
    void begun(Request request) {
        State state = connections.get(request.getConnectionMetaData().getConnection());
        if (state != null) {
            synchronized (state) {
                state.requests++;
            }
            Request.addCompletionListener(request, _ -> ended(state));
        }
    }

    private void ended(State state) {
        synchronized (state) {
            state.requests--;
            state.quietSince = nanoTime.getAsLong();
        }
    }

    private void sweep() {
        long now = nanoTime.getAsLong();
        connections.forEach((connection, state) -> {
            synchronized (state) {
                if (state.requests > 0 || now - state.quietSince < patienceNanos) {
                    return;
                }
            }
            connection.getEndPoint().close();
        });
    }

    /// How many are open.
    int count() {
        return connections.size();
    }
}
