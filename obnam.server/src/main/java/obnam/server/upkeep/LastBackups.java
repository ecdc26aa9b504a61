package obnam.server.upkeep;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import obnam.server.account.Caller;

/// When each device last finished a backup: put a SNAPSHOT. Known since the server's start. Thread-safe.
public final class LastBackups {

    private final Map<String, Instant> times = new ConcurrentHashMap<>();

    /// A snapshot was put.
    public void put(Caller caller, Instant now) {
        times.put(caller.token().id(), now);
    }

    /// When the owner of a token last put one.
    ///
    /// @param token the token's id
    public Optional<Instant> of(String token) {
        return Optional.ofNullable(times.get(token));
    }
}
