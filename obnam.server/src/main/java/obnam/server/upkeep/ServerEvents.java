package obnam.server.upkeep;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Caller;
import obnam.server.http.Events;

/// Writes down what somebody may ask about later. Unknown tokens are written down once a second at most, or
/// whoever tries them could fill the disk.
public final class ServerEvents implements Events {

    private static final long UNKNOWN_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final AuditLog audit;
    private final LastBackups backups;
    private final InstantSource clock;
    private final AtomicLong unknownAt = new AtomicLong(System.nanoTime() - UNKNOWN_EVERY);

    /// @param clock the machine's
    public ServerEvents(AuditLog audit, LastBackups backups, InstantSource clock) {
        this.audit = audit;
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public void unknown(String from) {
        long now = System.nanoTime();
        long last = unknownAt.get();
        if (now - last >= UNKNOWN_EVERY && unknownAt.compareAndSet(last, now)) {
            audit.record("unknown token", "from", from);
        }
    }

    @Override
    public void made(Caller caller, String repository) {
        record("repository made", caller, "repository", repository);
    }

    @Override
    public void put(Caller caller, String repository, ObjectName name) {
        if (name.kind() == ObjectKind.SNAPSHOT) {
            backups.put(caller, clock.instant());
        }
        if (name.kind() == ObjectKind.SNAPSHOT || name.kind() == ObjectKind.KEY || name.kind() == ObjectKind.CONFIG) {
            record("put", caller, "object", repository + "/" + name);
        }
    }

    @Override
    public void deleted(Caller caller, String repository, ObjectName name) {
        record("deleted", caller, "object", repository + "/" + name);
    }

    @Override
    public void undeleted(Caller caller, String repository, int count) {
        record("undeleted", caller, "objects", count + " of " + repository);
    }

    @Override
    public void refused(Caller caller, String what, String reason) {
        record("refused", caller, "request", what + ": " + reason);
    }

    private void record(String event, Caller caller, String field, String value) {
        audit.record(
                event,
                "account",
                caller.account().name(),
                "device",
                caller.token().device(),
                field,
                value);
    }
}
