package obnam.engine.backup;

import java.util.concurrent.atomic.LongAdder;
import obnam.engine.Counts;

/// Counts what a backup sees and does, from all its threads.
final class Totals {

    final LongAdder files = new LongAdder();
    final LongAdder directories = new LongAdder();
    final LongAdder others = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder filesRead = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder newChunks = new LongAdder();
    final LongAdder newBytes = new LongAdder();
    final LongAdder storedBytes = new LongAdder();

    /// Begins to count anew what is seen; what was read and stored stays counted.
    void again() {
        files.reset();
        directories.reset();
        others.reset();
        bytes.reset();
    }

    Counts counts(long unreadable) {
        return new Counts(
                files.sum(),
                directories.sum(),
                others.sum(),
                bytes.sum(),
                filesRead.sum(),
                bytesRead.sum(),
                newChunks.sum(),
                newBytes.sum(),
                storedBytes.sum(),
                unreadable);
    }
}
