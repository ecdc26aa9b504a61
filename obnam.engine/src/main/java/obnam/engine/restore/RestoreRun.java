package obnam.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.TreeReference;
import obnam.engine.browse.EntryFinder;
import obnam.engine.browse.SnapshotPath;
import obnam.engine.browse.TreeLister;
import obnam.engine.browse.TreeWalk;
import obnam.engine.format.TreeNodes;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.FileSystem;

/// Restores a snapshot, or a part of it, into a directory.
///
/// A whole snapshot comes to lie with its absolute paths below the target. Of a directory in a snapshot the
/// content comes to lie in the target, which gets the metadata of that directory. Anything else comes to lie in
/// the target under its own name. What is in the target already is brought to the state of the snapshot where the
/// snapshot has the same name, and left alone otherwise.
///
/// One thread walks the trees and makes the directories, in the order of the snapshot. The others take up batches
/// of entries and parts of large files from a queue, so each thread works in a block of its own most of the time.
/// Nothing is forced to disk: a restore that a crash interrupts is repeated, and finds what is right already.
///
/// **Safety.** All that is done goes through open directories of the target, one name at a time, and follows no
/// symlink. Whoever can change the target meanwhile can spoil what is restored, but not lead it out of the
/// target.
public final class RestoreRun {

    private final RepositoryContext context;
    private final ChunkIndex index;
    private final RestoreRequest request;
    private final Progress progress;
    private final Reports reports;
    private final Tally tally;

    /// @param context the repository
    /// @param index all its chunks
    /// @param request what to restore
    /// @param progress is told
    public RestoreRun(RepositoryContext context, ChunkIndex index, RestoreRequest request, Progress progress) {
        this.context = context;
        this.index = index;
        this.request = request;
        this.progress = progress;
        this.reports = new Reports(progress);
        this.tally = new Tally(progress);
    }

    /// Restores.
    ///
    /// @throws obnam.api.UsageException if the snapshot does not have the path
    /// @throws obnam.api.LocalException if the target cannot be used or is full
    /// @throws obnam.api.InterruptedRunException if it was cancelled
    public RestoreResult run() {
        try (ChunkReader chunks =
                new ChunkReader(context, index, context.shares().blockCache())) {
            List<byte[]> names = SnapshotPath.names(request.path().orElse(new byte[0]));
            Optional<Entry> chosen = names.isEmpty() ? Optional.empty() : Optional.of(find(chunks, names));
            if (request.dryRun()) {
                byte[] base = base(names, chosen);
                walk(chunks, new DryRun(chunks, reports, tally, progress, base), chosen);
                progress.foundAll();
            } else {
                restore(chunks, names, chosen);
            }
            return tally.result();
        }
    }

    private Entry find(ChunkReader chunks, List<byte[]> names) {
        return new EntryFinder(chunks)
                .find(request.snapshot().tree(), names)
                .orElseThrow(() -> TreeLister.missing(request.snapshot(), SnapshotPath.of(names)))
                .entry();
    }

    /// What the top of the target is in the snapshot.
    private static byte[] base(List<byte[]> names, Optional<Entry> chosen) {
        boolean isDirectory = chosen.isEmpty() || chosen.get().body() instanceof Entry.Directory;
        return SnapshotPath.of(isDirectory ? names : names.subList(0, names.size() - 1));
    }

    private void restore(ChunkReader chunks, List<byte[]> names, Optional<Entry> chosen) {
        FileSystem fileSystem = FileSystem.local();
        Optional<Entry> metadataOfTop = chosen.filter(entry -> entry.body() instanceof Entry.Directory);
        Target target = Target.open(fileSystem, request.target(), base(names, chosen), metadataOfTop);
        Metadata metadata = new Metadata(reports, tally, fileSystem.privileged());
        Shared shared =
                new Shared(context, chunks, reports, tally, metadata, request.verify(), ConcurrentHashMap.newKeySet());
        try (TargetCursor cursor = target.cursor()) {
            Crew<Work> crew = new Crew<>(
                    context.shares().restoreThreads(), () -> new Worker(shared, target.cursor(), target.cursor()));
            RestoreWalk walk = new RestoreWalk(shared, progress, cursor, crew);
            boolean done = false;
            try {
                walk(chunks, walk, chosen);
                walk.end();
                crew.finish();
                walk.lock();
                done = true;
            } finally {
                crew.stop();
                if (!done) {
                    walk.discardUnfinished();
                }
            }
        }
    }

    private void walk(ChunkReader chunks, TreeWalk.Visitor visitor, Optional<Entry> chosen) {
        if (chosen.isEmpty()) {
            new TreeWalk(chunks, visitor).walk(request.snapshot().tree());
        } else if (chosen.get().body() instanceof Entry.Directory(TreeReference tree)) {
            tally.directories.increment();
            progress.entries.increment();
            new TreeWalk(chunks, visitor).walk(tree);
        } else {
            visitor.entry(chosen.get(), TreeNodes.Owners.NONE);
        }
    }
}
