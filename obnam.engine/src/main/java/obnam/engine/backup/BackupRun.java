package obnam.engine.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.Counts;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.format.BlockWriter;
import obnam.engine.format.EntryEncoder;
import obnam.engine.format.Frames;
import obnam.engine.format.PackType;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.Timestamp;
import obnam.posix.Users;

/// Makes one backup.
///
/// Nothing that the snapshot refers to is put after it: packs, a barrier, indexes, a barrier, the snapshot, a
/// barrier.
public final class BackupRun {

    private static final byte[] ROOT_NAME = {};

    private final RepositoryContext repository;
    private final BackupRequest request;
    private final Progress progress;
    private final RunState state;
    private final Totals totals = new Totals();
    private final BackupContext context;
    private final PackUploader uploader;
    private final PackAssembler dataPacks;
    private final PackAssembler treePacks;
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
        this.request = request;
        this.progress = progress;
        this.state = new RunState(progress);
        this.begin = now();
        Frames frames = repository.frames();
        KnownChunks known = new KnownChunks(index);
        this.uploader = new PackUploader(
                repository.store(),
                frames,
                known,
                state,
                totals,
                progress,
                repository.shares().packs());
        this.dataPacks = new PackAssembler(frames, PackType.DATA, uploader);
        this.treePacks = new PackAssembler(frames, PackType.TREE, uploader);
        this.context = new BackupContext(
                repository,
                reader,
                request,
                progress,
                state,
                totals,
                new WorkQueue(
                        state,
                        repository.shares().backupThreads(),
                        repository.shares().waitingEntries()),
                known,
                files,
                new Users(),
                new EntryFactory(request.accessTimes()),
                Collections.synchronizedList(new ArrayList<>()),
                new ChangesInDoubt());
    }

    private Timestamp now() {
        var instant = repository.settings().clock().instant();
        return new Timestamp(instant.getEpochSecond(), instant.getNano());
    }

    /// Makes the backup.
    ///
    /// @param records the snapshots of the repository
    public BackupResult run(List<SnapshotRecord> records) {
        Optional<Snapshot> parent = ParentChoice.choose(records, request, begin);
        parent.ifPresent(context.doubt()::during);
        SnapshotPublication publication = new SnapshotPublication(repository, records);
        if (!request.dryRun()) {
            publication.prepare();
        }
        TreeReference tree;
        try (uploader) {
            tree = readLiveData(parent);
            uploader.finish();
        }
        Counts counts = totals.counts(progress.problems());
        List<byte[]> hidden = List.copyOf(context.newlyHidden());
        if (request.dryRun()) {
            return new BackupResult(Optional.empty(), Optional.empty(), counts, hidden);
        }
        repository.store().barrier();
        Snapshot snapshot = publication.publish(name -> new Snapshot(
                name,
                begin,
                now(),
                request.host(),
                request.user(),
                repository.settings().programVersion(),
                request.roots(),
                request.tags(),
                parent.map(Snapshot::name),
                counts,
                tree));
        return new BackupResult(Optional.of(snapshot), publication.head(), counts, hidden);
    }

    private TreeReference readLiveData(Optional<Snapshot> parent) {
        List<Worker> workers = new ArrayList<>();
        try {
            for (int i = 0; i < repository.shares().backupThreads(); i++) {
                workers.add(worker());
            }
            context.queue().found(List.of(rootNode(parent)), List.of(), 0);
            runAll(workers);
            Worker last = workers.getFirst();
            workers.stream().skip(1).forEach(worker -> worker.drainTo(last));
            last.flush();
            dataPacks.finish();
            treePacks.finish();
            return workers.stream()
                    .flatMap(worker -> worker.root().stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the tree of / was not finished"));
        } finally {
            workers.forEach(Worker::close);
        }
    }

    private Worker worker() {
        return new Worker(context, filler(dataPacks), filler(treePacks));
    }

    private BlockFiller filler(PackAssembler packs) {
        return new BlockFiller(packs, new BlockWriter(repository.frames(), request.compression(), request.verifyAll()));
    }

    private DirectoryNode rootNode(Optional<Snapshot> parent) {
        FileStatus status = context.files().status(new byte[] {'/'});
        Optional<DirectoryNode.Before> before = parent.map(snapshot -> {
            Entry.Body body = new Entry.Directory(snapshot.tree());
            Entry entry = context.entries().entry(ROOT_NAME, status, body, List.of(), 0, true);
            return new DirectoryNode.Before(entry, EntryEncoder.encode(entry));
        });
        RootPaths roots = RootPaths.of(request.roots());
        return new DirectoryNode(Optional.empty(), 0, ROOT_NAME, status, before, roots);
    }

    private void runAll(List<Worker> workers) {
        List<Thread> threads = new ArrayList<>();
        for (Worker worker : workers) {
            threads.add(Thread.ofPlatform().name("backup " + threads.size()).start(() -> {
                state.guard(worker::run);
                context.queue().wake();
            }));
        }
        for (Thread thread : threads) {
            join(thread);
        }
        state.check();
    }

    private void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                progress.cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
