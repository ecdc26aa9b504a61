package obnam.server.http;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import obnam.server.account.Caller;

/// Bounds what one caller can ask for: requests a second of a tenant (a bucket that fills at that rate and
/// holds one second's worth), and requests under way of a token. Who is too quick is slowed down, and refused
/// only when even that does not help; the others do not notice.
///
/// Thread-safe.
final class Gate {

    /// The bounds.
    ///
    /// @param requestsPerSecond of one tenant
    /// @param requestsUnderWay of one token
    record Limits(int requestsPerSecond, int requestsUnderWay) {}

    private static final double LONGEST_WAIT_SECONDS = 2;

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

    /// How long a request is to wait before it goes on, in nanoseconds; [#leave] is to follow when it has
    /// ended.
    ///
    /// @return empty if it is refused
    OptionalLong enter(Caller caller) {
        String token = caller.token().id();
        boolean free = underWay.merge(token, 1, Integer::sum) <= limits.requestsUnderWay();
        OptionalLong wait = free ? take(caller.account().id()) : OptionalLong.empty();
        if (wait.isEmpty()) {
            leave(caller);
        }
        return wait;
    }

    /// A request has ended.
    void leave(Caller caller) {
        underWay.computeIfPresent(caller.token().id(), (_, count) -> count == 1 ? null : count - 1);
    }

    /// Takes one from the tenant's bucket. An empty one lends what will flow in within a while.
    private OptionalLong take(String tenant) {
        double rate = limits.requestsPerSecond();
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(tenant, _ -> new Bucket(rate, now));
        synchronized (bucket) {
            double gained = Math.max(0, now - bucket.filled) / 1e9 * rate;
            bucket.tokens = Math.min(rate, bucket.tokens + gained);
            bucket.filled = Math.max(now, bucket.filled);
            if (bucket.tokens - 1 < -rate * LONGEST_WAIT_SECONDS) {
                return OptionalLong.empty();
            }
            bucket.tokens--;
            return OptionalLong.of((long) (Math.max(0, -bucket.tokens) / rate * 1e9));
        }
    }
}
