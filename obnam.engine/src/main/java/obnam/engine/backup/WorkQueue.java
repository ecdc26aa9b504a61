package obnam.engine.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What is to be done next, for workers that are all alike.
///
/// Directories are scanned depth first, files are read in the order in which they were found, and the segments of
/// one large file go to all workers. Scanning runs ahead of reading, so that the total is known early, but only
/// until so many entries are in memory; after that a directory is scanned only when there is nothing to read.
final class WorkQueue {

    private static final int BATCH_FILES = 128;
    private static final long BATCH_BYTES = 2 << 20;

    /// A piece of work.
    sealed interface Work {}

    /// Scan a directory.
    record Scan(DirectoryNode directory) implements Work {}

    /// Read these files, one after the other.
    record Read(List<FileTask> files) implements Work {}

    /// Read a segment of a large file.
    record ReadSegment(LargeFile file, int segment) implements Work {}

    private final RunState state;
    private final int workers;
    private final int entryLimit;
    private final Deque<DirectoryNode> directories = new ArrayDeque<>();
    private final Deque<FileTask> files = new ArrayDeque<>();
    private final Deque<LargeFile> largeFiles = new ArrayDeque<>();
    private long entries;
    private int active;
    private int scanning;
    private boolean scanned;

    /// @param entryLimit scanning pauses at so many entries of unfinished directories
    WorkQueue(RunState state, int workers, int entryLimit) {
        this.state = state;
        this.workers = workers;
        this.entryLimit = entryLimit;
    }

    /// Adds what a scan found: its directories will be scanned next, in this order.
    synchronized void found(List<DirectoryNode> foundDirectories, List<FileTask> foundFiles, int foundEntries) {
        for (int i = foundDirectories.size() - 1; i >= 0; i--) {
            directories.push(foundDirectories.get(i));
        }
        files.addAll(foundFiles);
        entries += foundEntries;
        notifyAll();
    }

    /// Adds a large file whose segments all workers may take.
    synchronized void found(LargeFile file) {
        largeFiles.add(file);
        notifyAll();
    }

    /// Says that so many entries are no longer in memory.
    synchronized void released(int count) {
        entries -= count;
        notifyAll();
    }

    /// Waits for work.
    ///
    /// @return empty when all work is done
    synchronized Optional<Work> next() {
        while (true) {
            state.check();
            Work work = take();
            if (work != null) {
                active++;
                return Optional.of(work);
            }
            if (active == 0) {
                notifyAll();
                return Optional.empty();
            }
            try {
                wait(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new obnam.api.InterruptedRunException("interrupted", "", "", e);
            }
        }
    }

    /// Says that a piece of work is done; what it led to was added before.
    synchronized void done(Work work) {
        active--;
        if (work instanceof Scan) {
            scanning--;
            scanned = directories.isEmpty() && scanning == 0;
        }
        notifyAll();
    }

    /// Whether every directory has been scanned.
    synchronized boolean scanned() {
        return scanned;
    }

    /// Wakes all workers, so that they see that the run has ended.
    synchronized void wake() {
        notifyAll();
    }

    private @org.jspecify.annotations.Nullable Work take() {
        boolean reading = !largeFiles.isEmpty() || !files.isEmpty();
        boolean ahead = entries < entryLimit && scanning < Math.max(1, workers / 2);
        if (!directories.isEmpty() && (ahead || !reading)) {
            scanning++;
            return new Scan(directories.pop());
        }
        if (!largeFiles.isEmpty()) {
            LargeFile file = largeFiles.getFirst();
            ReadSegment segment = new ReadSegment(file, file.claim());
            if (!file.unclaimed()) {
                largeFiles.removeFirst();
            }
            return segment;
        }
        return files.isEmpty() ? null : batch();
    }

    private Read batch() {
        List<FileTask> batch = new ArrayList<>();
        long bytes = 0;
        while (!files.isEmpty() && batch.size() < BATCH_FILES && bytes < BATCH_BYTES) {
            FileTask next = files.getFirst();
            if (next.large() && !batch.isEmpty()) {
                break;
            }
            batch.add(files.removeFirst());
            bytes += next.size();
            if (next.large()) {
                break;
            }
        }
        return new Read(batch);
    }
}
