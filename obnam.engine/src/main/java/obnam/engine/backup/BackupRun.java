package obnam.engine.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.Actor;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.Head;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.deletion.InterruptedRuns;
import obnam.engine.deletion.PackLists;
import obnam.engine.deletion.Reliance;
import obnam.engine.deletion.RunNotices;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.RecordPublication;
import obnam.engine.history.SnapshotLog;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.FileSystem;
import obnam.posix.Timestamp;

/// Makes one backup.
///
/// Nothing that the snapshot refers to is put after it: packs, a barrier, indexes, the notice that makes
/// the tree a provisional root, a barrier, the snapshot, a barrier. Between notice and snapshot it looks
/// whether all that the tree relies on is there to stay (docs/deletion.md, section 3). If not, it reads the
/// live data again, compared with that tree, and stores anew what it misses.
public final class BackupRun {

    /// How often to read: each further time, somebody deleted what this run relied on just before its notice.
    private static final int PASSES = 10;

    private final RepositoryContext repository;
    private final ChunkIndex index;
    private final ChunkReader reader;
    private final BackupRequest request;
    private final Progress progress;
    private final FileSystem files;
    private final Timestamp begin;

    /// @param repository the repository
    /// @param index which chunks it has
    /// @param reader reads the parent snapshot
    /// @param request what to back up
    /// @param progress how far it is
    public BackupRun(
            RepositoryContext repository,
            ChunkIndex index,
            ChunkReader reader,
            BackupRequest request,
            Progress progress) {
        this(repository, index, reader, request, progress, FileSystem.local());
    }

    /// @param files where the live data are
    BackupRun(
            RepositoryContext repository,
            ChunkIndex index,
            ChunkReader reader,
            BackupRequest request,
            Progress progress,
            FileSystem files) {
        this.repository = repository;
        this.index = index;
        this.reader = reader;
        this.request = request;
        this.progress = progress;
        this.files = files;
        this.begin = now();
    }

    private Timestamp now() {
        var instant = repository.settings().clock().instant();
        return new Timestamp(instant.getEpochSecond(), instant.getNano());
    }

    /// Makes the backup.
    ///
    /// @param log the snapshots of the repository
    public BackupResult run(SnapshotLog log) {
        List<SnapshotRecord> records = log.snapshots();
        Optional<Snapshot> parent = ParentChoice.choose(records, request, begin);
        if (request.dryRun()) {
            try (RunNotices none = RunNotices.none(repository)) {
                Totals totals = new Totals();
                LiveDataPass pass = new LiveDataPass(means(none), totals, trust(parent));
                var _ = pass.read(parent);
                return new BackupResult(
                        Optional.empty(), Optional.empty(), totals.counts(progress.problems()), pass.newlyHidden());
            }
        }
        SnapshotPublication publication = new SnapshotPublication(repository, records);
        publication.prepare();
        InterruptedRuns.takeUp(repository, index);
        try (RunNotices notices = RunNotices.begin(repository)) {
            Reliance reliance = new Reliance(repository, index, reader, log, progress);
            return store(parent, reliance, publication, notices);
        }
    }

    /// The index may have lost packs that the parent snapshot relies on: to prunes, which moved what was
    /// needed, or by damage.
    private LiveDataPass.Trust trust(Optional<Snapshot> parent) {
        if (parent.isEmpty() || index.lost().isEmpty()) {
            return LiveDataPass.Trust.PARENT;
        }
        PackLists lists = new PackLists(repository.settings().cacheDirectory());
        boolean untouched = lists.of(parent.get().name())
                .map(packs -> index.lost().stream().noneMatch(packs::contains))
                .orElse(false);
        return untouched ? LiveDataPass.Trust.PARENT : LiveDataPass.Trust.NOTHING_UNASKED;
    }

    private LiveDataPass.Means means(RunNotices notices) {
        return new LiveDataPass.Means(repository, index, reader, request, progress, files, notices);
    }

    private BackupResult store(
            Optional<Snapshot> parent, Reliance reliance, SnapshotPublication publication, RunNotices notices) {
        Totals totals = new Totals();
        Optional<Snapshot> before = parent;
        List<Head> broken = new ArrayList<>();
        for (int number = 1; number <= PASSES; number++) {
            LiveDataPass pass = new LiveDataPass(
                    means(notices), totals, number > 1 ? LiveDataPass.Trust.NOT_EVEN_THE_PARENT : trust(parent));
            TreeReference tree = pass.read(before);
            notices.announce(tree);
            Set<ObjectName> packs = new HashSet<>(pass.known().relied());
            packs.addAll(notices.packs());
            Reliance.On on = number == 1 ? new Reliance.On(packs, parent) : Reliance.On.all(packs);
            if (reliance.holds(tree, on)) {
                Snapshot snapshot =
                        publication.publish(name -> snapshot(name, parent.map(Snapshot::name), totals, tree));
                if (notices.stands() || reliance.holds(tree, on)) {
                    retract(broken, publication);
                    notices.end();
                    reliance.keepList(snapshot.name());
                    return new BackupResult(
                            Optional.of(snapshot), publication.head(), snapshot.counts(), pass.newlyHidden());
                }
                publication.head().ifPresent(broken::add);
            }
            before = Optional.of(snapshot(RecordPublication.UNNAMED, Optional.empty(), totals, tree));
            totals.again();
        }
        retract(broken, publication);
        throw StoreException.passing(
                "others deleted again and again what this backup relied on",
                repository.toString(),
                "Run it again when no prune is running");
    }

    private void retract(List<Head> broken, SnapshotPublication publication) {
        broken.forEach(place -> publication.retract(place, new Actor(request.host(), request.user())));
    }

    private Snapshot snapshot(ObjectName name, Optional<ObjectName> parent, Totals totals, TreeReference tree) {
        return new Snapshot(
                name,
                begin,
                now(),
                request.host(),
                request.user(),
                repository.settings().programVersion(),
                request.roots(),
                request.tags(),
                parent,
                totals.counts(progress.problems()),
                tree);
    }
}
