package obnam.engine.backup;

import obnam.engine.Snapshot;
import obnam.posix.Timestamp;

/// Which times of change do not prove that a file is as the parent snapshot has it.
///
/// File systems keep time in ticks of some milliseconds. A file that was changed, read by a backup and changed
/// again within one tick, to the same size, has the same times as before. So what changed while the parent snapshot
/// was made, or just before, is read once more.
final class ChangesInDoubt {

    /// Longer than a tick of any file system's clock that Linux has: 1/100 s at most.
    private static final int TICK_NANOSECONDS = 20_000_000;

    private volatile Timestamp from = new Timestamp(0, 0);
    private volatile Timestamp to = new Timestamp(0, 0);

    /// Sets the snapshot that live data are compared with.
    void during(Snapshot parent) {
        from = shifted(parent.time(), -TICK_NANOSECONDS);
        to = shifted(parent.endTime(), TICK_NANOSECONDS);
    }

    private static Timestamp shifted(Timestamp time, int nanoseconds) {
        long sum = time.nanoseconds() + (long) nanoseconds;
        return new Timestamp(
                time.seconds() + Math.floorDiv(sum, 1_000_000_000L), (int) Math.floorMod(sum, 1_000_000_000L));
    }

    /// Whether a file that changed at this time may have changed again unseen.
    boolean cover(Timestamp changed) {
        return changed.compareTo(from) >= 0 && changed.compareTo(to) <= 0;
    }
}
