package obnam.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import obnam.server.account.Account;
import obnam.server.repository.Repositories;

/// Sees to it that a tenant's uploads under way, together with what is stored, stay within the quota.
/// Thread-safe.
final class Reservations {

    private final Repositories repositories;
    private final Map<String, Long> reserved = new ConcurrentHashMap<>();

    Reservations(Repositories repositories) {
        this.repositories = repositories;
    }

    /// Sets bytes aside, to be given back when the upload has ended, one way or the other.
    ///
    /// @return false if that would exceed the quota
    boolean reserve(Account account, long length) {
        if (account.rules().quota().isEmpty()) {
            return true;
        }
        long quota = account.rules().quota().getAsLong();
        long stored = repositories.usage(account).bytes();
        boolean[] granted = {false};
        reserved.compute(account.id(), (_, old) -> {
            long before = old == null ? 0 : old;
            granted[0] = length <= quota - stored - before;
            long after = granted[0] ? before + length : before;
            return after == 0 ? null : after;
        });
        return granted[0];
    }

    /// Gives bytes back.
    void release(Account account, long length) {
        reserved.computeIfPresent(account.id(), (_, old) -> old <= length ? null : old - length);
    }
}
