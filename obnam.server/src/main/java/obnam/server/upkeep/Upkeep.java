package obnam.server.upkeep;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import obnam.server.account.Account;
import obnam.server.account.Accounts;
import obnam.server.repository.Repositories;
import obnam.server.repository.ScrubState;
import obnam.server.repository.SteadyClock;
import obnam.server.settings.ServerSettings.Scrubbing;

/// What the server does by itself while it runs, on two threads: every minute what is due, and the checking
/// of objects, one repository after the other, at a bounded rate.
public final class Upkeep implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final Duration SAMPLE_EVERY = Duration.ofHours(1);

    private final Supplier<Accounts> accounts;
    private final Repositories repositories;
    private final SteadyClock steady;
    private final InstantSource clock;
    private final UsageHistory history;
    private final ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(
            2, task -> Thread.ofPlatform().name("upkeep").daemon().unstarted(task));
    private Instant sampled = Instant.MIN;

    /// @param steady kept, so that it loses little in a crash
    /// @param clock the machine's
    public Upkeep(
            Supplier<Accounts> accounts,
            Repositories repositories,
            SteadyClock steady,
            InstantSource clock,
            UsageHistory history) {
        this.accounts = accounts;
        this.repositories = repositories;
        this.steady = steady;
        this.clock = clock;
        this.history = history;
    }

    /// Begins.
    ///
    /// @param scrub checks repositories
    public void start(Scrub scrub, Scrubbing settings) {
        every(1, this::minute);
        if (settings.rate() > 0) {
            every(1, () -> scrubAll(scrub, settings.every()));
        }
    }

    private void every(int minutes, Runnable task) {
        var _ = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) { // or it would not be run again
                        LOG.log(System.Logger.Level.ERROR, "upkeep failed", e);
                    }
                },
                minutes,
                minutes,
                TimeUnit.MINUTES);
    }

    /// What is due every minute.
    void minute() {
        steady.keep();
        for (Account account : accounts.get().all()) {
            removeExpired(account);
        }
        Instant now = clock.instant();
        if (now.isAfter(sampled.plus(SAMPLE_EVERY))) {
            sampled = now;
            List<UsageHistory.Sample> samples = accounts.get().all().stream()
                    .filter(account -> !repositories.names(account.id()).isEmpty())
                    .map(account -> new UsageHistory.Sample(
                            now, account.name(), repositories.usage(account).bytes()))
                    .toList();
            history.add(samples);
        }
    }

    private void removeExpired(Account account) {
        for (String name : repositories.names(account.id())) {
            if (!Files.exists(repositories.stateFolder(account, name).resolve(Repositories.TIMES))) {
                continue; // nothing was ever to be brought back there
            }
            repositories.find(account, name).ifPresent(lease -> {
                try (lease) {
                    lease.repository().removeExpired(account.rules().undelete());
                }
            });
        }
    }

    private void scrubAll(Scrub scrub, Duration every) {
        for (Account account : accounts.get().all()) {
            for (String name : repositories.names(account.id())) {
                ScrubState state = ScrubState.of(repositories, account, name);
                boolean due = state.finished().isEmpty()
                        || !state.begun().isEmpty()
                        || clock.instant()
                                .isAfter(Instant.parse(state.finished()).plus(every));
                if (due && !threads.isShutdown()) {
                    scrub.run(account, name);
                }
            }
        }
    }

    /// Whether the end has begun.
    public boolean isEnding() {
        return threads.isShutdown();
    }

    /// Ends, after the object at hand.
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
