package obnam.engine.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import obnam.engine.BackupRequest;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.deletion.RunNotices;
import obnam.engine.format.BlockWriter;
import obnam.engine.format.EntryEncoder;
import obnam.engine.format.Frames;
import obnam.engine.format.PackType;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.Users;

/// Reads the live data once, stores what is new, and makes the tree.
///
/// Packs are durable before an index names them, and all is in an index when [#read] returns.
final class LiveDataPass {

    private static final byte[] ROOT_NAME = {};

    private final RepositoryContext repository;
    private final BackupRequest request;
    private final Progress progress;
    private final RunState state;
    private final BackupContext context;
    private final PackUploader uploader;
    private final PackAssembler dataPacks;
    private final PackAssembler treePacks;

    /// What a pass works with.
    ///
    /// @param repository the repository
    /// @param index which chunks it has
    /// @param reader reads the tree that live data are compared with
    /// @param request what to back up
    /// @param progress how far it is
    /// @param files where the live data are
    /// @param notices of the run
    record Means(
            RepositoryContext repository,
            ChunkIndex index,
            ChunkReader reader,
            BackupRequest request,
            Progress progress,
            FileSystem files,
            RunNotices notices) {}

    /// What of the tree that live data are compared with is taken over.
    enum Trust {
        /// What did not change, unread.
        PARENT,
        /// What did not change, if the index has all its chunks.
        NOTHING_UNASKED,
        /// The same, and that nodes of the tree cannot be read any more is no news: an earlier pass relied
        /// on what others deleted.
        NOT_EVEN_THE_PARENT
    }

    /// @param totals what was seen and done
    LiveDataPass(Means means, Totals totals, Trust trust) {
        this.repository = means.repository();
        this.request = means.request();
        this.progress = means.progress();
        this.state = new RunState(progress);
        Frames frames = repository.frames();
        KnownChunks known = new KnownChunks(means.index());
        if (trust != Trust.PARENT) {
            known.lacks();
        }
        this.uploader = new PackUploader(
                repository.store(),
                frames,
                known,
                means.notices(),
                state,
                totals,
                progress,
                repository.shares().packs());
        this.dataPacks = new PackAssembler(frames, PackType.DATA, uploader);
        this.treePacks = new PackAssembler(frames, PackType.TREE, uploader);
        this.context = new BackupContext(
                repository,
                means.reader(),
                request,
                progress,
                state,
                totals,
                new WorkQueue(
                        state,
                        repository.shares().backupThreads(),
                        repository.shares().waitingEntries()),
                known,
                means.files(),
                new Users(),
                new EntryFactory(request.accessTimes()),
                Collections.synchronizedList(new ArrayList<>()),
                new ChangesInDoubt(),
                trust == Trust.NOT_EVEN_THE_PARENT);
    }

    /// Reads.
    ///
    /// @param before what the live data are compared with
    TreeReference read(Optional<Snapshot> before) {
        before.ifPresent(context.doubt()::during);
        try (uploader) {
            TreeReference tree = readLiveData(before);
            uploader.finish();
            return tree;
        }
    }

    KnownChunks known() {
        return context.known();
    }

    /// Directories that a new cache tag hides.
    List<byte[]> newlyHidden() {
        return List.copyOf(context.newlyHidden());
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
