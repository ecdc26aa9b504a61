package obnam.cli.engine;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import obnam.api.ChunkStore;
import obnam.api.ObjectName;
import obnam.api.Providers;
import obnam.api.StoreAccess;
import obnam.cli.command.Version;
import obnam.cli.derivation.SeparateDeriver;
import obnam.cli.settings.MemoryLimit;
import obnam.cli.settings.RepositoryLocation;
import obnam.engine.Actor;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.ChainFinding;
import obnam.engine.CheckRequest;
import obnam.engine.CheckResult;
import obnam.engine.Credential;
import obnam.engine.EntryVisitor;
import obnam.engine.ForgetResult;
import obnam.engine.History;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Receipt;
import obnam.engine.Repository;
import obnam.engine.RepositoryId;
import obnam.engine.RepositorySettings;
import obnam.engine.RepositorySetup;
import obnam.engine.RepositorySetup.SetupOptions;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;

/// The real engine, with the providers that are installed.
public final class ObnamEngine implements Engine {

    private final Providers providers;
    private final Clock clock;

    /// @param clock tells the time
    /// @param limit how much memory a process may use
    public ObnamEngine(Clock clock, MemoryLimit limit) {
        this.clock = clock;
        this.providers = new Providers(List.of(), deriver -> new SeparateDeriver(deriver, limit));
    }

    @Override
    public ChunkStore openStore(RepositoryLocation location, ChunkStore.OpenMode mode, StoreAccess access) {
        return providers.store(location.scheme()).open(location.rest(), mode, access);
    }

    @Override
    public RepositoryId identify(ChunkStore store) {
        return RepositorySetup.identify(store);
    }

    @Override
    public Credential create(
            ChunkStore store, Optional<String> keyDeriver, Map<String, Long> parameters, byte[] passphrase) {
        SetupOptions defaults = SetupOptions.defaults();
        SetupOptions options = defaults.withKeyDeriver(keyDeriver.orElse(defaults.keyDeriver()), parameters);
        return RepositorySetup.create(store, providers, options, passphrase);
    }

    @Override
    public Credential unlock(ChunkStore store, byte[] passphrase) {
        return RepositorySetup.unlock(store, providers, passphrase);
    }

    @Override
    public OpenRepository open(ChunkStore store, Credential credential, byte[] stateDirectory, byte[] cacheDirectory) {
        RepositorySettings settings = new RepositorySettings(
                stateDirectory, cacheDirectory, Runtime.getRuntime().availableProcessors(), Version.number(), clock);
        return new Opened(Repository.open(store, providers, credential, settings));
    }

    private record Opened(Repository repository) implements OpenRepository {
        @Override
        public RepositoryId id() {
            return repository.id();
        }

        @Override
        public History history(Consumer<Problem> damaged) {
            return repository.history(damaged);
        }

        @Override
        public void expect(Receipt receipt) {
            repository.expect(receipt);
        }

        @Override
        public ForgetResult forget(Collection<ObjectName> snapshots, Actor actor) {
            return repository.forget(snapshots, actor);
        }

        @Override
        public long losses(Snapshot snapshot, boolean readData, Progress progress) {
            return repository.losses(snapshot, readData, progress);
        }

        @Override
        public void annul(Snapshot snapshot, Actor actor) {
            repository.annul(snapshot, actor);
        }

        @Override
        public List<ChainFinding> acceptGaps(Actor actor) {
            return repository.acceptGaps(actor);
        }

        @Override
        public long tag(Set<ObjectName> snapshots, UnaryOperator<List<String>> change, Actor actor) {
            return repository.tag(snapshots, change, actor);
        }

        @Override
        public BackupResult backup(BackupRequest request, Progress progress) {
            return repository.backup(request, progress);
        }

        @Override
        public RestoreResult restore(RestoreRequest request, Progress progress) {
            return repository.restore(request, progress);
        }

        @Override
        public void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor) {
            repository.list(snapshot, path, recursive, visitor);
        }

        @Override
        public PruneResult prune(PruneRequest request, Progress progress) {
            return repository.prune(request, progress);
        }

        @Override
        public CheckResult check(boolean readData, Progress progress) {
            return repository.check(new CheckRequest(readData), progress);
        }

        @Override
        public void close() {
            repository.close();
        }
    }
}
