package obnam.engine.restore;

import java.util.concurrent.atomic.LongAdder;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.RestoreResult;

/// Counts what was restored. Thread-safe.
final class Tally {

    final LongAdder directories = new LongAdder();
    final LongAdder ownersKept = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final Progress progress;

    Tally(Progress progress) {
        this.progress = progress;
    }

    /// An entry that is no directory is as it should be.
    void done(Entry entry) {
        if (entry.body() instanceof Entry.File file) {
            files.increment();
            bytes.add(file.size());
            progress.files.increment();
        } else {
            others.increment();
        }
    }

    /// So many bytes of content are as they should be.
    void covered(long count) {
        progress.bytes.add(count);
    }

    /// So many bytes were written.
    void written(long count) {
        bytesWritten.add(count);
        progress.bytesMoved.add(count);
    }

    RestoreResult result() {
        return new RestoreResult(
                files.sum(), directories.sum(), others.sum(), bytes.sum(), bytesWritten.sum(), ownersKept.sum());
    }
}
