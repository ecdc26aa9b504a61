package obnam.engine.restore;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.engine.Entry;

/// A regular file that is being restored, by one thread or, part by part, by several.
final class FileTask {

    /// How the file comes to its name.
    enum Way {
        /// Nothing was there: it is written under its name and removed again if it cannot be finished.
        NEW,
        /// A file of one name was there: only what differs is written, and it stays the same inode. If that cannot
        /// be finished, the file is a mixture, which is reported.
        IN_PLACE,
        /// A file with further names was there, which are not to change: a new one is written under a temporary
        /// name and
        /// takes its place when it is complete.
        REPLACE
    }

    private final Work.Item item;
    private final Way way;
    private final byte[] workName;
    private final AtomicInteger openParts = new AtomicInteger(1);
    private final AtomicBoolean failed = new AtomicBoolean();

    /// @param workName the name it has while it is written
    FileTask(Work.Item item, Way way, byte[] workName) {
        this.item = item;
        this.way = way;
        this.workName = workName;
    }

    Work.Item item() {
        return item;
    }

    Entry entry() {
        return item.entry();
    }

    Entry.File file() {
        return (Entry.File) item.entry().body();
    }

    Way way() {
        return way;
    }

    byte[] workName() {
        return workName;
    }

    /// A part is handed out.
    void partOpened() {
        openParts.incrementAndGet();
    }

    /// A part, or the handing out, is done.
    ///
    /// @return whether nothing of the file is left to do
    boolean partClosed() {
        return openParts.decrementAndGet() == 0;
    }

    /// @return whether this is the first failure
    boolean fail() {
        return failed.compareAndSet(false, true);
    }

    boolean failed() {
        return failed.get();
    }
}
