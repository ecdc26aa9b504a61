package obnam.engine;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import obnam.api.ChunkStore;
import obnam.api.Chunker;
import obnam.api.DamageException;
import obnam.api.Hasher;
import obnam.api.ObjectName;
import obnam.api.Providers;
import obnam.api.UsageException;
import obnam.engine.backup.BackupRun;
import obnam.engine.browse.TreeLister;
import obnam.engine.check.CheckRun;
import obnam.engine.check.SnapshotLosses;
import obnam.engine.format.ByteReader;
import obnam.engine.format.Frames;
import obnam.engine.format.SealedObject;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.AuditedLog;
import obnam.engine.history.Forgetting;
import obnam.engine.history.RecordPublication;
import obnam.engine.history.SnapshotLog;
import obnam.engine.history.Tagging;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.DamagedCacheException;
import obnam.engine.keys.KeyObject;
import obnam.engine.keys.KeyPurpose;
import obnam.engine.keys.KeyRing;
import obnam.engine.keys.RepositoryConfig;
import obnam.engine.prune.PruneRun;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.restore.RestoreRun;
import obnam.engine.state.Folders;
import obnam.engine.store.DiscardingStore;
import obnam.engine.store.MeteredStore;
import obnam.engine.store.RetryingStore;
import obnam.engine.store.SettlingStore;
import obnam.posix.FileNames;

/// An open repository: what can be done with it.
///
/// Any number of runs, in any number of processes, may work on one repository at once. One instance does one
/// thing at a time.
public final class Repository implements AutoCloseable {

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
        return history(damaged).snapshots();
    }

    /// All snapshots, and whether the records they stand in are all there, as far as this machine and the
    /// records themselves remember.
    ///
    /// @param damaged is told of records that cannot be read
    public History history(Consumer<Problem> damaged) {
        AuditedLog audited = AuditedLog.read(context, toldTo(damaged));
        return new History(
                audited.log().snapshots().stream().map(SnapshotRecord::snapshot).toList(),
                audited.findings(),
                audited.log().doubtful());
    }

    private static SnapshotLog.Listener toldTo(Consumer<Problem> damaged) {
        return (name, error) -> {
            if (!(error instanceof DamageException)) {
                throw error; // a later version wrote it, and may have meant anything
            }
            damaged.accept(new Problem(FileNames.of(name.toString()), error.what()));
        };
    }

    private AuditedLog audited() {
        return AuditedLog.read(context, toldTo(_ -> {}));
    }

    /// Requires that the log has the record of a receipt, or says that it was forgotten.
    ///
    /// @throws DamageException if it does not: the store lost it, hides it, or is not the one that was meant
    public void expect(Receipt receipt) {
        if (!audited().has(receipt)) {
            throw new DamageException(
                    "the record that was expected is not there",
                    receipt.toString(),
                    "The store shows an older state, or is another one: compare with the receipts of other machines");
        }
    }

    /// Forgets snapshots: they count no more, and their records are deleted. The data stay until a prune.
    /// Those that are gone already are passed over.
    ///
    /// @param snapshots names of snapshots, or of records that cannot be read
    /// @throws obnam.api.StoreException if the store does not let this client delete; then nothing was
    ///     forgotten
    public ForgetResult forget(Collection<ObjectName> snapshots, Actor actor) {
        return new Forgetting(context, audited(), actor).forget(snapshots);
    }

    /// Tells of all files and directories of a snapshot that cannot be restored whole.
    ///
    /// @param readData whether to read all data, and not only to see that they are there
    /// @param progress is told of each as a problem
    /// @return their number
    public long losses(Snapshot snapshot, boolean readData, Progress progress) {
        return new SnapshotLosses(context, loadIndex(), readData).find(snapshot, progress);
    }

    /// Annuls a snapshot that cannot be restored: it counts no more. Its record stays in the store.
    ///
    /// @throws UsageException if it is not there any more
    public Head annul(Snapshot snapshot, Actor actor) {
        SnapshotLog log = audited().log();
        Head head = log.snapshots().stream()
                .map(SnapshotRecord::head)
                .filter(record -> record.name().equals(snapshot.name()))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "this snapshot is not there any more",
                        snapshot.name().toString(),
                        "List them with 'obnam snapshots'"));
        return new RecordPublication(context).annul(log.records(), head, actor);
    }

    /// Takes note that the records that are missing now stay so; they are not told of again.
    ///
    /// @return what was missing
    public List<ChainFinding> acceptGaps(Actor actor) {
        AuditedLog audited = audited();
        if (!audited.findings().isEmpty()) {
            new Forgetting(context, audited, actor).accept();
        }
        return audited.findings();
    }

    /// Changes the tags of snapshots.
    ///
    /// @param snapshots names of snapshots
    /// @param change makes the new tags of the old ones
    /// @return how many snapshots have other tags now
    public long tag(Set<ObjectName> snapshots, UnaryOperator<List<String>> change, Actor actor) {
        return new Tagging(context, audited().log(), actor).change(snapshots, change);
    }

    /// Makes a backup.
    ///
    /// @throws DamageException if something of the repository that it relies on is damaged
    public BackupResult backup(BackupRequest request, Progress progress) {
        RepositoryContext target = request.dryRun() ? context.withStore(new DiscardingStore(context.store())) : context;
        ChunkIndex loaded = loadIndex();
        reportDamage(loaded, progress);
        ChunkIndex index = request.dryRun() ? loaded.withoutCache() : loaded;
        AuditedLog audited =
                AuditedLog.read(context, toldTo(problem -> progress.problem(problem.path(), problem.reason())));
        if (!request.dryRun()) {
            new RecordPublication(context).observe(audited.log().records());
        }
        try (ChunkReader reader =
                new ChunkReader(context, index, context.shares().nodeCache())) {
            return new BackupRun(target, index, reader, request, progress)
                    .run(audited.log())
                    .withFindings(audited.findings());
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
        try (ChunkReader reader =
                new ChunkReader(context, loadIndex(), context.shares().nodeCache())) {
            new TreeLister(reader).list(snapshot, path, recursive, visitor);
        }
    }

    /// Checks the repository. Damage is reported as problems.
    public CheckResult check(CheckRequest request, Progress progress) {
        return new CheckRun(context, request, progress).run();
    }

    /// Deletes what no snapshot needs. Backups and other prunes may run meanwhile; what is interrupted, the
    /// next prune finishes.
    ///
    /// @throws DamageException if a snapshot is not whole, so that it cannot be told what is needed
    public PruneResult prune(PruneRequest request, Progress progress) {
        MeteredStore meter = new MeteredStore(context.store());
        ChunkStore settled = SettlingStore.around(meter);
        RepositoryContext metered = context.withStore(settled);
        PruneResult result;
        try {
            ChunkIndex index = ChunkIndex.open(settled, context.frames(), indexCache());
            result = new PruneRun(metered, index, request, progress).run();
        } catch (DamagedCacheException e) {
            // prune goes by the rows of the cache, so it begins again
            ChunkIndex index = ChunkIndex.load(settled, context.frames());
            result = new PruneRun(metered, index, request, progress).run();
        }
        return result.withRequests(meter.calls());
    }

    private ChunkIndex loadIndex() {
        return ChunkIndex.open(context.store(), context.frames(), indexCache());
    }

    private byte[] indexCache() {
        return Folders.join(context.settings().cacheDirectory(), "index");
    }

    /// Closes the store.
    @Override
    public void close() {
        context.store().close();
    }
}
