package obnam.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.StoreTraits;
import obnam.api.UntrustedServerException;
import obnam.api.UsageException;
import obnam.api.WrongPassphraseException;
import obnam.cli.engine.Engine;
import obnam.cli.engine.OpenRepository;
import obnam.cli.settings.RepositoryLocation;
import obnam.engine.Actor;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.ChainFinding;
import obnam.engine.CheckResult;
import obnam.engine.Counts;
import obnam.engine.Credential;
import obnam.engine.Entry;
import obnam.engine.EntryVisitor;
import obnam.engine.ForgetResult;
import obnam.engine.History;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Receipt;
import obnam.engine.RepositoryId;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;

/// Keeps repositories in memory and answers what the test says.
public final class FakeEngine implements Engine {

    /// What stands in for the derived keys: easy to look for.
    public static final byte[] ENCRYPTION = key("encryption-key-bytes-0123456789!");
    public static final byte[] MAC = key("mac-key-bytes-0123456789-abcdef!");

    /// The one receipt whose record is there.
    public static final String RECEIPT = "0123abcd-7-0123456789abcdef";

    public final Map<String, FakeRepository> repositories = new HashMap<>();
    public final List<BackupRequest> backups = new ArrayList<>();
    public final List<RestoreRequest> restores = new ArrayList<>();
    public final List<PruneRequest> prunes = new ArrayList<>();
    public final Map<String, byte[]> problems = new HashMap<>();
    public final List<byte[]> newlyHidden = new ArrayList<>();
    public final List<Listed> entries = new ArrayList<>();
    public List<Snapshot> snapshots = new ArrayList<>();
    public final List<ChainFinding> findings = new ArrayList<>();
    public final List<ObjectName> forgotten = new ArrayList<>();
    public final List<ObjectName> unreadable = new ArrayList<>();
    public final List<ObjectName> annulled = new ArrayList<>();
    public Optional<RuntimeException> failure = Optional.empty();
    public long damaged;
    /// What a store was last shown.
    public StoreAccess shown = StoreAccess.NONE;
    /// The certificate of the server, which nobody knows.
    public Optional<String> certificate = Optional.empty();

    /// What a listing tells of.
    public record Listed(byte[] path, Entry entry) {}

    /// A repository.
    public record FakeRepository(RepositoryId id, byte[] passphrase, String keyDeriver, Map<String, Long> parameters) {}

    private static byte[] key(String text) {
        return Arrays.copyOf(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), Credential.KEY_LENGTH);
    }

    @Override
    public ChunkStore openStore(RepositoryLocation location, ChunkStore.OpenMode mode, StoreAccess access) {
        shown = access;
        if (certificate.isPresent() && !certificate.equals(access.value(StoreAccess.PIN))) {
            throw new UntrustedServerException(certificate.get(), "not trusted", location.toString(), "");
        }
        String place = location.scheme() + ":" + location.rest();
        if (mode == ChunkStore.OpenMode.EXISTING && !repositories.containsKey(place)) {
            throw new NoRepositoryException("nothing there", place, "");
        }
        return new FakeStore(place);
    }

    @Override
    public RepositoryId identify(ChunkStore store) {
        return repository(store).id();
    }

    @Override
    public Credential create(
            ChunkStore store, Optional<String> keyDeriver, Map<String, Long> parameters, byte[] passphrase) {
        byte[] id = new byte[32];
        id[0] = (byte) (repositories.size() + 1);
        FakeRepository made = new FakeRepository(
                RepositoryId.of(id), passphrase.clone(), keyDeriver.orElse("default"), Map.copyOf(parameters));
        repositories.put(((FakeStore) store).place, made);
        return credential(made);
    }

    @Override
    public Credential unlock(ChunkStore store, byte[] passphrase) {
        FakeRepository repository = repository(store);
        if (!Arrays.equals(repository.passphrase(), passphrase)) {
            throw new WrongPassphraseException("wrong passphrase", "it opens nothing", "Try again");
        }
        return credential(repository);
    }

    private static Credential credential(FakeRepository repository) {
        return new Credential(repository.id(), HexFormat.of().formatHex(new byte[32]), ENCRYPTION, MAC);
    }

    private FakeRepository repository(ChunkStore store) {
        return Optional.ofNullable(repositories.get(((FakeStore) store).place))
                .orElseThrow(() -> new NoRepositoryException("no repository", "", ""));
    }

    @Override
    public OpenRepository open(ChunkStore store, Credential credential, byte[] stateDirectory, byte[] cacheDirectory) {
        boolean fits = credential.repository().equals(repository(store).id())
                && Arrays.equals(credential.encryption(), ENCRYPTION)
                && Arrays.equals(credential.mac(), MAC);
        if (!fits) {
            throw new UsageException("the secrets file has a stale entry", "key", "Remove it, then run obnam init");
        }
        return new FakeOpen(repository(store).id());
    }

    private final class FakeOpen implements OpenRepository {
        private final RepositoryId id;

        FakeOpen(RepositoryId id) {
            this.id = id;
        }

        @Override
        public RepositoryId id() {
            return id;
        }

        @Override
        public History history(Consumer<Problem> damaged) {
            return new History(snapshots, findings, unreadable);
        }

        @Override
        public void expect(Receipt receipt) {
            if (!receipt.toString().equals(RECEIPT)) {
                throw new DamageException("the record that was expected is not there", receipt.toString(), "");
            }
        }

        @Override
        public ForgetResult forget(Collection<ObjectName> names, Actor actor) {
            forgotten.addAll(names);
            return new ForgetResult(names.size(), 0, Optional.empty());
        }

        @Override
        public long losses(Snapshot snapshot, boolean readData, Progress progress) {
            problems.forEach((reason, path) -> progress.problem(path, reason));
            return problems.size();
        }

        @Override
        public void annul(Snapshot snapshot, Actor actor) {
            annulled.add(snapshot.name());
        }

        @Override
        public List<ChainFinding> acceptGaps(Actor actor) {
            List<ChainFinding> accepted = List.copyOf(findings);
            findings.clear();
            return accepted;
        }

        @Override
        public long tag(Set<ObjectName> names, UnaryOperator<List<String>> change, Actor actor) {
            snapshots = snapshots.stream()
                    .map(snapshot -> names.contains(snapshot.name())
                            ? snapshot.withTags(change.apply(snapshot.tags()))
                            : snapshot)
                    .toList();
            return names.size();
        }

        @Override
        public BackupResult backup(BackupRequest request, Progress progress) {
            failure.ifPresent(error -> {
                throw error;
            });
            backups.add(request);
            problems.forEach((reason, path) -> progress.problem(path, reason));
            return new BackupResult(
                    Optional.empty(),
                    Optional.empty(),
                    new Counts(1, 1, 0, 5, 1, 5, 0, 0, 0, problems.size()),
                    newlyHidden,
                    findings);
        }

        @Override
        public RestoreResult restore(RestoreRequest request, Progress progress) {
            restores.add(request);
            problems.forEach((reason, path) -> progress.problem(path, reason));
            return new RestoreResult(1, 2, 3, 4, 5, 0);
        }

        @Override
        public void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor) {
            entries.forEach(each -> visitor.entry(each.path(), each.entry(), Optional.of("me"), Optional.empty()));
        }

        @Override
        public PruneResult prune(PruneRequest request, Progress progress) {
            prunes.add(request);
            return new PruneResult(10, 5000, 2000, 3, 1900, 5, 1, 100, 700, 300, 0, 0, 0, 42);
        }

        @Override
        public CheckResult check(boolean readData, Progress progress) {
            return new CheckResult(1, 2, 3, readData ? 4 : 0, damaged);
        }

        @Override
        public void close() {}
    }

    private record FakeStore(String place) implements ChunkStore {
        @Override
        public StoreTraits traits() {
            return StoreTraits.STRONG;
        }

        @Override
        public void put(ObjectName name, ByteBuffer content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] get(ObjectName name, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong size(ObjectName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(ObjectName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
