package obnam.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.ObnamException;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.browse.TreeWalk;
import obnam.engine.format.TreeNodes;
import obnam.posix.Directory;
import obnam.posix.FileStatus;
import obnam.posix.PosixException;

/// Walks the snapshot, makes the directories and hands everything else to the workers, in the order of the walk,
/// so that chunks are read in about the order in which they were stored.
final class RestoreWalk implements TreeWalk.Visitor {

    private static final int BATCH_ITEMS = 256;
    private static final long BATCH_BYTES = 4 << 20;
    private static final long LARGE_FILE = 8 << 20;

    private record Locked(TargetDirectory directory, Entry entry) {}

    private final Shared shared;
    private final Progress progress;
    private final TargetCursor cursor;
    private final Crew<Work> crew;
    private final FileRestorer files;
    private final DirectoryFinisher finisher;
    private final HardLinks links = new HardLinks();
    private final List<Locked> locked = new ArrayList<>();
    private List<Work.Item> batch = new ArrayList<>();
    private long batchBytes;

    /// @param cursor stands where the entries of the walk go
    RestoreWalk(Shared shared, Progress progress, TargetCursor cursor, Crew<Work> crew) {
        this.shared = shared;
        this.progress = progress;
        this.cursor = cursor;
        this.crew = crew;
        this.files = new FileRestorer(shared);
        this.finisher = new DirectoryFinisher(shared);
    }

    @Override
    public boolean enter(Entry directory, TreeNodes.Owners owners) {
        shared.reports().checkCancelled();
        progress.entries.increment();
        TargetDirectory here = cursor.place();
        try {
            open(here, directory);
        } catch (PosixException e) {
            shared.reports().report(here.pathOf(directory), e);
            return false;
        }
        shared.tally().directories.increment();
        return true;
    }

    private void open(TargetDirectory here, Entry entry) {
        Directory parent = cursor.handle();
        Optional<FileStatus> present = here.fresh() ? Optional.empty() : Obstacles.clear(parent, entry);
        Directory opened = present.isEmpty()
                ? parent.makeDirectory(entry.name(), Metadata.WHILE_RESTORING)
                : shared.metadata().openDirectory(parent, entry, present.get());
        here.hold();
        TargetDirectory directory = here.child(entry, present.isEmpty(), opened.status());
        cursor.enter(directory, opened);
        if (present.isEmpty() && !here.fresh()) {
            shared.metadata().clearInherited(opened, directory.path());
        }
    }

    @Override
    public void leave() {
        TargetDirectory left = cursor.place();
        TargetDirectory above = left.parent().orElseThrow();
        finisher.release(cursor, left);
        cursor.moveTo(above);
    }

    @Override
    public void entry(Entry entry, TreeNodes.Owners owners) {
        shared.reports().checkCancelled();
        progress.entries.increment();
        TargetDirectory here = cursor.place();
        here.hold();
        if (Metadata.locksLater(entry)) {
            locked.add(new Locked(here, entry));
        }
        Work.Item item = new Work.Item(here, entry, links.groupOf(here, entry));
        if (entry.body() instanceof Entry.File file) {
            progress.filesFound.increment();
            progress.bytesFound.add(file.size());
            if (!item.isLink() && file.size() >= LARGE_FILE && file.content() instanceof Entry.ListReference) {
                handOutParts(item);
                return;
            }
            batchBytes += file.size();
        }
        batch.add(item);
        if (batch.size() >= BATCH_ITEMS || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void handOutParts(Work.Item item) {
        boolean right = files.isRight(cursor.handle(), item);
        Optional<FileTask> begun = right ? Optional.empty() : files.beginParts(cursor.handle(), item);
        if (begun.isEmpty()) {
            item.finished(right);
            finisher.release(cursor, item.directory());
            return;
        }
        FileTask task = begun.get();
        shared.inParts().add(task);
        try {
            PartCursor parts = new PartCursor(shared.chunks(), task.file());
            while (parts.next()) {
                task.partOpened();
                crew.submit(new Work.Part(task, parts.position(), parts.pieces()));
            }
        } catch (ObnamException e) {
            files.fail(cursor.handle(), task, e);
        }
        if (task.partClosed()) {
            Worker.finish(shared, files, finisher, cursor, task);
        }
    }

    @Override
    public void damaged(ObnamException damage) {
        shared.reports().report(cursor.place().path(), damage);
    }

    /// Hands out what is left, and gives up the hold on the top.
    void end() {
        flush();
        progress.foundAll();
        finisher.release(cursor, cursor.place());
    }

    private void flush() {
        if (!batch.isEmpty()) {
            crew.submit(new Work.Batch(batch));
            batch = new ArrayList<>();
            batchBytes = 0;
        }
    }

    /// Sets the flags that had to wait until all links were made.
    void lock() {
        for (Locked file : locked) {
            shared.reports().attempt(file.directory().pathOf(file.entry()), () -> {
                cursor.moveTo(file.directory());
                int flags = file.entry().fileFlags().orElse(0);
                cursor.handle().setFileFlags(file.entry().name(), flags);
            });
        }
    }

    /// Removes files whose parts will not be finished any more.
    void discardUnfinished() {
        for (FileTask task : shared.inParts()) {
            shared.reports().reasonOf(() -> {
                cursor.moveTo(task.item().directory());
                files.discard(cursor.handle(), task);
            });
        }
    }
}
