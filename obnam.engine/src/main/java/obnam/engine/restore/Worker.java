package obnam.engine.restore;

import obnam.engine.Entry;
import obnam.posix.PosixException;

/// One thread of a restore: goes where the work is and does it.
final class Worker implements Crew.Worker<Work> {

    private final TargetCursor cursor;
    private final TargetCursor elsewhere;
    private final Shared shared;
    private final DirectoryFinisher finisher;
    private final FileRestorer files;
    private final OtherRestorer others;
    private final LinkRestorer links;

    /// @param cursor goes to where the work is
    /// @param elsewhere goes to where the first names of hard links are
    Worker(Shared shared, TargetCursor cursor, TargetCursor elsewhere) {
        this.shared = shared;
        this.cursor = cursor;
        this.elsewhere = elsewhere;
        this.finisher = new DirectoryFinisher(shared);
        this.files = new FileRestorer(shared);
        this.others = new OtherRestorer(shared);
        this.links = new LinkRestorer(shared, elsewhere);
    }

    @Override
    public void accept(Work work) {
        switch (work) {
            case Work.Batch batch -> batch.items().forEach(this::restore);
            case Work.Part part -> restore(part);
        }
    }

    private void restore(Work.Item item) {
        shared.reports().checkCancelled();
        go(item.directory());
        boolean done = item.isLink() && links.restore(cursor.handle(), item);
        if (!done) {
            done = item.entry().body() instanceof Entry.File
                    ? files.restore(cursor.handle(), item)
                    : others.restore(cursor.handle(), item);
        }
        item.finished(done);
        finisher.release(cursor, item.directory());
    }

    private void restore(Work.Part part) {
        FileTask task = part.task();
        TargetDirectory directory = task.item().directory();
        go(directory);
        files.restorePart(cursor.handle(), part);
        if (task.partClosed()) {
            finish(shared, files, finisher, cursor, task);
        }
    }

    /// Finishes a file that was restored in parts, in the directory where the cursor stands.
    static void finish(
            Shared shared, FileRestorer files, DirectoryFinisher finisher, TargetCursor cursor, FileTask task) {
        shared.inParts().remove(task);
        boolean done = files.finishParts(cursor.handle(), task);
        task.item().finished(done);
        finisher.release(cursor, task.item().directory());
    }

    private void go(TargetDirectory directory) {
        try {
            cursor.moveTo(directory);
        } catch (PosixException _) {
            throw TargetCursor.moved(directory);
        }
    }

    @Override
    public void close() {
        cursor.close();
        elsewhere.close();
    }
}
