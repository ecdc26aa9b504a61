package obnam.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import obnam.server.account.Caller;

/// Bounds what one caller can ask for: requests a second of a tenant (a bucket that fills at that rate and holds two
/// seconds' worth), and requests under way of a token. So a caller who floods the server is told to wait, and the
/// others do not notice.
///
/// Thread-safe.
final class Gate {

    /// The bounds.
    ///
    /// @param requestsPerSecond of one tenant
    /// @param requestsUnderWay of one token
    record Limits(int requestsPerSecond, int requestsUnderWay) {}

    private static final class Bucket {
        double tokens;
        long filled;

        Bucket(double tokens, long filled) {
            this.tokens = tokens;
            this.filled = filled;
        }
    }

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    Gate(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /// Whether a request may go on; if so [#leave] is to follow.
    boolean enter(Caller caller) {
        String token = caller.token().id();
        if (underWay.merge(token, 1, Integer::sum) > limits.requestsUnderWay()
                || !take(caller.account().id())) {
            leave(caller);
            return false;
        }
        return true;
    }

    /// A request has ended.
    void leave(Caller caller) {
        underWay.computeIfPresent(caller.token().id(), (_, count) -> count == 1 ? null : count - 1);
    }

    private boolean take(String tenant) {
        double full = 2.0 * limits.requestsPerSecond();
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(tenant, _ -> new Bucket(full, now));
        synchronized (bucket) {
            double gained = Math.max(0, now - bucket.filled) / 1e9 * limits.requestsPerSecond();
            bucket.tokens = Math.min(full, bucket.tokens + gained);
            bucket.filled = Math.max(now, bucket.filled);
            if (bucket.tokens < 1) {
                return false;
            }
            bucket.tokens--;
            return true;
        }
    }
}
