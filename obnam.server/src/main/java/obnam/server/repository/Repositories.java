package obnam.server.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.LocalException;
import obnam.api.NoRepositoryException;
import obnam.server.account.Account;
import org.jspecify.annotations.Nullable;

/// The repositories of all tenants. Those that are in use are open, and some that were lately: each holds
/// descriptors.
///
/// The state folder has a folder for each repository, `tenants/TENANT/NAME`, with what the server keeps about
/// it; it is also the list of what there is.
///
/// Thread-safe.
public final class Repositories implements AutoCloseable {

    /// The file, in a repository's folder, with the times of its objects.
    public static final String TIMES = "times";

    private static final int IDLE_LIMIT = 32;

    private final Storage storage;
    private final Path tenants;
    private final InstantSource clock;
    private final LinkedHashMap<RepositoryName, Open> open = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<RepositoryName, Usage> known = new ConcurrentHashMap<>();
    private final Object[] doors = new Object[64];
    private boolean closed;

    /// An open repository and how many use it; used under this object's lock.
    private static final class Open {
        final HostedRepository repository;
        final boolean timed;
        int users;

        Open(HostedRepository repository, boolean timed) {
            this.repository = repository;
            this.timed = timed;
        }
    }

    /// @param state the server's folder for what it keeps beside the objects
    /// @param clock for retention
    public Repositories(Storage storage, Path state, InstantSource clock) {
        this.storage = storage;
        this.tenants = state.resolve("tenants");
        this.clock = clock;
        Arrays.setAll(doors, _ -> new Object());
    }

    /// The use of a repository, to be closed.
    public final class Lease implements AutoCloseable {

        private final Open used;
        private boolean ended;

        /// Under the lock of the repositories.
        private Lease(Open used) {
            this.used = used;
            used.users++;
        }

        /// The repository.
        public HostedRepository repository() {
            return used.repository;
        }

        /// Ends the use. Repeating it has no effect.
        @Override
        public void close() {
            synchronized (Repositories.this) {
                if (!ended) {
                    ended = true;
                    used.users--;
                    closeIdle();
                }
            }
        }
    }

    /// A repository of an account.
    ///
    /// @return empty if there is none
    public Optional<Lease> find(Account account, String name) {
        try {
            return Optional.of(lease(account, name, OpenMode.EXISTING));
        } catch (NoRepositoryException _) {
            return Optional.empty();
        }
    }

    /// A repository of an account, which is made if there is none.
    public Lease make(Account account, String name) {
        return lease(account, name, OpenMode.CREATE);
    }

    /// Opening counts all objects the first time, so it is done without holding up other repositories.
    private Lease lease(Account account, String name, OpenMode mode) {
        RepositoryName repository = new RepositoryName(account.id(), name);
        boolean timed = account.rules().needsTimes();
        Optional<Lease> quick = leaseOpen(repository, timed);
        if (quick.isPresent()) {
            return quick.get();
        }
        synchronized (doors[Math.floorMod(repository.hashCode(), doors.length)]) {
            return leaseOpen(repository, timed).orElseGet(() -> added(open(repository, timed, mode)));
        }
    }

    private synchronized Optional<Lease> leaseOpen(RepositoryName repository, boolean timed) {
        if (closed) {
            throw new IllegalStateException("the server stops");
        }
        Open found = open.get(repository);
        if (found != null && found.timed != timed && found.users == 0) { // the rules have changed
            open.remove(repository);
            close(found);
            return Optional.empty();
        }
        return Optional.ofNullable(found).map(Lease::new);
    }

    private synchronized Lease added(Open opened) {
        if (closed) {
            close(opened);
            throw new IllegalStateException("the server stops");
        }
        open.put(opened.repository.name(), opened);
        return new Lease(opened);
    }

    private Open open(RepositoryName repository, boolean timed, OpenMode mode) {
        ChunkStore store = storage.open(repository, mode);
        try {
            Path folder = StateFiles.folder(folder(repository));
            Path journal = folder.resolve(TIMES);
            Optional<ObjectTimes> times =
                    timed || Files.exists(journal) ? Optional.of(ObjectTimes.open(journal)) : Optional.empty();
            HostedRepository hosted = new HostedRepository(repository, store, times, clock);
            Usage before = known.get(repository);
            if (before == null) {
                hosted.count();
            } else {
                hosted.count(before);
            }
            return new Open(hosted, timed);
        } catch (IOException e) {
            store.close();
            throw new LocalException("cannot keep the state of a repository", tenants.toString(), "Check the disk", e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// The folder of what the server keeps about a repository of an account.
    public Path stateFolder(Account account, String name) {
        return folder(new RepositoryName(account.id(), name));
    }

    private Path folder(RepositoryName repository) {
        return tenants.resolve(repository.tenant()).resolve(repository.name());
    }

    /// Closes the ones that were not used for longest.
    private void closeIdle() {
        int idle = (int) open.values().stream().filter(each -> each.users == 0).count();
        for (var entries = open.values().iterator(); idle > IDLE_LIMIT && entries.hasNext(); ) {
            Open each = entries.next();
            if (each.users == 0) {
                entries.remove();
                close(each);
                idle--;
            }
        }
    }

    private void close(Open each) {
        known.put(each.repository.name(), each.repository.usage());
        each.repository.close();
    }

    /// The names of the repositories of a tenant.
    ///
    /// @param tenant the account's id
    public List<String> names(String tenant) {
        Path folder = tenants.resolve(tenant);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .filter(RepositoryName::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LocalException("cannot list repositories", folder.toString(), "Check the disk", e);
        }
    }

    /// How much a tenant holds in all its repositories. Those that were not opened yet are counted first.
    public Usage usage(Account account) {
        Usage sum = Usage.NONE;
        for (String name : names(account.id())) {
            sum = sum.plus(usage(account, name));
        }
        return sum;
    }

    /// How much a repository holds; nothing if there is none.
    public Usage usage(Account account, String name) {
        RepositoryName repository = new RepositoryName(account.id(), name);
        synchronized (this) {
            Open found = open.get(repository);
            @Nullable Usage counted = known.get(repository);
            if (found != null) {
                return found.repository.usage();
            } else if (counted != null) {
                return counted;
            }
        }
        try (Lease lease = lease(account, name, OpenMode.EXISTING)) {
            return lease.repository().usage();
        } catch (NoRepositoryException _) {
            return Usage.NONE;
        }
    }

    /// Closes all. Only when no request is under way any more.
    @Override
    public synchronized void close() {
        closed = true;
        new HashMap<>(open).values().forEach(this::close);
        open.clear();
    }
}
