package obnam.engine;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.Chunker;
import obnam.api.DamageException;
import obnam.api.Hasher;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.Providers;
import obnam.api.UsageException;
import obnam.engine.backup.BackupRun;
import obnam.engine.browse.TreeLister;
import obnam.engine.check.CheckRun;
import obnam.engine.format.ByteReader;
import obnam.engine.format.Frames;
import obnam.engine.format.SealedObject;
import obnam.engine.format.Sizes;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.index.ChunkIndex;
import obnam.engine.keys.KeyObject;
import obnam.engine.keys.KeyPurpose;
import obnam.engine.keys.KeyRing;
import obnam.engine.keys.RepositoryConfig;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.restore.RestoreRun;
import obnam.engine.state.Folders;
import obnam.engine.store.DiscardingStore;
import obnam.engine.store.RetryingStore;
import obnam.posix.FileNames;

/// An open repository: what can be done with it.
///
/// Any number of runs, in any number of processes, may work on one repository at once. One instance does one thing
/// at a time.
public final class Repository implements AutoCloseable {

    private static final long NODE_CACHE = 32L << 20;

    private final RepositoryContext context;

    private Repository(RepositoryContext context) {
        this.context = context;
    }

    /// Opens a repository.
    ///
    /// @param store where it is; closed with the repository
    /// @param credential opens a KEY object; may be erased afterwards
    /// @throws NoRepositoryException if the store has none
    /// @throws UsageException if the credential's KEY object is gone or is another one
    public static Repository open(
            ChunkStore store, Providers providers, Credential credential, RepositorySettings settings) {
        ChunkStore retrying = store.traits().local() ? store : patient(store);
        byte[] configBytes = RepositorySetup.readConfig(retrying);
        KeyObject.Contents contents = RepositorySetup.openKey(retrying, providers, credential);
        if (!MessageDigest.isEqual(SealedObject.sha256().digest(configBytes), contents.configDigest())) {
            throw ByteReader.damage("the configuration is not the one that the key was made for", ObjectName.CONFIG);
        }
        RepositoryConfig config = RepositoryConfig.decode(configBytes);
        SecureRandom random = new SecureRandom();
        KeyRing ring = contents.ring();
        Frames frames = new Frames(config.repository(), ring, providers, random, config.suite());
        Hasher.Provider hasher = providers.hasher(config.hasher());
        RepositoryContext.Hashers hashers = new RepositoryContext.Hashers(
                hasher.create(key(ring, KeyPurpose.DATA_IDS)),
                hasher.create(key(ring, KeyPurpose.TREE_IDS)),
                hasher.create(key(ring, KeyPurpose.LIST_IDS)));
        Chunker.Provider chunkers = providers.chunker(config.chunker());
        byte[] chunkerKey = Arrays.copyOf(key(ring, KeyPurpose.CHUNKER), chunkers.keyLength());
        Chunker chunker = chunkers.create(chunkerKey, config.sizes());
        byte[] cutKey = key(ring, KeyPurpose.TREE_CUTS);
        return new Repository(
                new RepositoryContext(retrying, config, frames, hashers, chunker, cutKey, random, settings));
    }

    private static ChunkStore patient(ChunkStore store) {
        System.Logger log = System.getLogger(Repository.class.getName());
        return new RetryingStore(
                store,
                RetryingStore.Patience.NORMAL,
                (failure, wait) -> log.log(System.Logger.Level.DEBUG, "trying again: {0}", failure));
    }

    private static byte[] key(KeyRing ring, KeyPurpose purpose) {
        return ring.newest(purpose)
                .orElseThrow(() -> new UsageException(
                        "this credential may not do that", "it has no key for " + purpose, "Use another passphrase"))
                .key();
    }

    /// Which repository this is.
    public RepositoryId id() {
        return context.config().repository();
    }

    /// All snapshots, oldest first. One that is damaged does not hide the others.
    ///
    /// @param damaged is told of those that cannot be read
    public List<Snapshot> snapshots(Consumer<Problem> damaged) {
        return records(damaged).stream().map(SnapshotRecord::snapshot).toList();
    }

    private List<SnapshotRecord> records(Consumer<Problem> damaged) {
        Set<ObjectName> names = new HashSet<>();
        context.store().list(ObjectKind.SNAPSHOT, info -> names.add(info.name()));
        List<SnapshotRecord> records = new ArrayList<>();
        for (ObjectName name : names) {
            try {
                readRecord(name).ifPresent(records::add);
            } catch (DamageException e) {
                damaged.accept(new Problem(FileNames.of(name.toString()), e.what()));
            }
        }
        records.sort(Comparator.comparing(
                        (SnapshotRecord record) -> record.snapshot().time())
                .thenComparing(record -> record.snapshot().name()));
        return records;
    }

    private Optional<SnapshotRecord> readRecord(ObjectName name) {
        try {
            byte[] bytes = context.store().get(name, Sizes.OBJECT_LIMIT);
            return SnapshotRecord.decode(context.frames(), name, bytes);
        } catch (MissingObjectException e) {
            return Optional.empty(); // forgotten between the listing and now
        }
    }

    /// Makes a backup.
    ///
    /// @throws DamageException if something of the repository that it relies on is damaged
    public BackupResult backup(BackupRequest request, Progress progress) {
        RepositoryContext target = request.dryRun() ? context.withStore(new DiscardingStore(context.store())) : context;
        ChunkIndex loaded = loadIndex();
        reportDamage(loaded, progress);
        ChunkIndex index = request.dryRun() ? loaded.withoutCache() : loaded;
        try (ChunkReader reader = new ChunkReader(context, index, NODE_CACHE)) {
            return new BackupRun(target, index, reader, request, progress)
                    .run(records(problem -> progress.problem(problem.path(), problem.reason())));
        }
    }

    /// Restores a snapshot or a part of it.
    ///
    /// @throws UsageException if the snapshot does not have the path
    public RestoreResult restore(RestoreRequest request, Progress progress) {
        ChunkIndex index = loadIndex();
        reportDamage(index, progress);
        return new RestoreRun(context, index, request, progress).run();
    }

    private static void reportDamage(ChunkIndex index, Progress progress) {
        for (ObjectName name : index.damaged()) {
            progress.problem(FileNames.of(name.toString()), "is damaged; what only it knows of is not found");
        }
    }

    /// Tells of the entries below a path of a snapshot, in order.
    ///
    /// @param path absolute; empty for the root
    /// @param recursive whether to go into directories
    /// @throws UsageException if the snapshot does not have the path
    public void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor) {
        try (ChunkReader reader = new ChunkReader(context, loadIndex(), NODE_CACHE)) {
            new TreeLister(reader).list(snapshot, path, recursive, visitor);
        }
    }

    /// Checks the repository. Damage is reported as problems.
    public CheckResult check(CheckRequest request, Progress progress) {
        return new CheckRun(context, request, progress).run();
    }

    private ChunkIndex loadIndex() {
        byte[] cache = Folders.join(context.settings().cacheDirectory(), "index");
        return ChunkIndex.open(context.store(), context.frames(), cache);
    }

    /// Closes the store.
    @Override
    public void close() {
        context.store().close();
    }
}
