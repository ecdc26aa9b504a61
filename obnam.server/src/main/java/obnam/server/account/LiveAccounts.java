package obnam.server.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import obnam.api.ObnamException;

/// The accounts as they are now: read again when the file has changed, at most a second later. While the file
/// cannot be read the accounts are those from before, so that a slip of the operator's hand locks nobody out.
/// Thread-safe.
public final class LiveAccounts implements Supplier<Accounts> {

    private static final System.Logger LOG = System.getLogger(LiveAccounts.class.getName());
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private record Seen(FileTime modified, long size) {}

    private final AccountsFile file;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Accounts accounts;
    private volatile long looked;
    private Seen seen;

    /// Reads the file.
    ///
    /// @throws ObnamException if it makes no sense
    public LiveAccounts(AccountsFile file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.seen = look(file.path());
        this.accounts = file.read();
        this.looked = nanoTime.getAsLong();
    }

    @Override
    public Accounts get() {
        if (nanoTime.getAsLong() - looked > LOOK_EVERY && reading.tryLock()) {
            try {
                looked = nanoTime.getAsLong();
                Seen now = look(file.path());
                if (!now.equals(seen)) {
                    seen = now;
                    reload();
                }
            } finally {
                reading.unlock();
            }
        }
        return accounts;
    }

    /// Reads the file now.
    public void reload() {
        try {
            accounts = file.read();
            LOG.log(System.Logger.Level.INFO, "the accounts were read again");
        } catch (ObnamException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the accounts cannot be read and stay as they were: {0}",
                    e.getMessage());
        }
    }

    private static Seen look(Path path) {
        try {
            return new Seen(Files.getLastModifiedTime(path), Files.size(path));
        } catch (IOException _) {
            return new Seen(FileTime.fromMillis(0), -1);
        }
    }
}
