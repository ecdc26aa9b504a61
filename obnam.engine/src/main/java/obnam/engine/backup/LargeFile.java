package obnam.engine.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import obnam.api.CutCandidates;
import obnam.engine.Entry;
import obnam.posix.FileStatus;
import obnam.posix.InputFile;

/// A file that all workers read together.
///
/// The file's data are divided into segments. Whoever claims a segment reads it and looks for candidates of cuts on
/// its own. Then the segments take turns, in order: each chooses its cuts, which depend on where the chunk before
/// began, and
/// hands the begin of its last, unfinished chunk to the next. That turn is short; hashing, compressing and sealing
/// happen after it, on all cores again. What the segments found is put in order at the end, by a window of at most
/// as many segments as there are workers.
///
/// Holes, as the file system reports them, are not read. A chunk never spans a hole.
final class LargeFile {

    /// Files of this size or more are read by all workers.
    static final int THRESHOLD = 8 << 20;
    /// A file of this size or more that occupies less than its size may have holes.
    private static final int SPARSE_THRESHOLD = 128 << 10;
    /// Shorter holes are read as zeros.
    private static final int SHORTEST_HOLE = 64 << 10;
    private static final int BLOCK = 512;

    /// A range of the file.
    ///
    /// @param offset in the file
    /// @param length in bytes
    /// @param begins whether a run of data begins here: no chunk comes over from before
    /// @param ends whether a run of data ends here: no chunk goes on
    /// @param hole whether this is a hole
    record Segment(long offset, long length, boolean begins, boolean ends, boolean hole) {}

    private final FileTask task;
    private final FileStatus status;
    private final List<Segment> segments;
    private final ListWriter list = new ListWriter();
    private final Map<Integer, List<Entry.Piece>> waiting = new HashMap<>();
    private final byte[] carry;
    private final int again;
    private int carryLength;
    private int claimed;
    private int turn;
    private int listed;
    private int finished;
    private boolean failed;
    private boolean shorter;

    private LargeFile(FileTask task, FileStatus status, List<Segment> segments, int longestChunk, int again) {
        this.again = again;
        this.task = task;
        this.status = status;
        this.segments = segments;
        this.carry = new byte[longestChunk];
    }

    /// Whether a file is to be read this way.
    static boolean fits(FileStatus status) {
        return status.size() >= THRESHOLD
                || status.size() >= SPARSE_THRESHOLD && status.blocks() * BLOCK < status.size() - SHORTEST_HOLE;
    }

    /// Divides a file into segments.
    ///
    /// @param status when the file was opened
    /// @param segmentLength of all segments but the last of each run of data
    /// @param again how often it was read before
    static LargeFile plan(
            FileTask task, FileStatus status, InputFile input, int segmentLength, int longestChunk, int again) {
        List<Segment> segments = new ArrayList<>();
        long size = status.size();
        boolean sparse = status.blocks() * BLOCK < size;
        long at = 0;
        while (at < size) {
            long data = sparse ? input.nextData(at) : at;
            if (data - at < SHORTEST_HOLE && data < size) {
                data = at;
            }
            if (data > at) {
                segments.add(new Segment(at, Math.min(data, size) - at, true, true, true));
            }
            long end = sparse ? endOfData(input, data, size) : size;
            for (long from = data; from < end; from += segmentLength) {
                long length = Math.min(segmentLength, end - from);
                segments.add(new Segment(from, length, from == data, from + length == end, false));
            }
            at = Math.max(data, end);
        }
        return new LargeFile(task, status, segments, longestChunk, again);
    }

    private static long endOfData(InputFile input, long data, long size) {
        long at = data;
        while (at < size) {
            // where the file has become shorter meanwhile, the answers lie before the question
            long hole = Math.clamp(input.nextHole(at), at, size);
            long next = hole < size ? Math.clamp(input.nextData(hole), hole, size) : size;
            if (next - hole >= SHORTEST_HOLE || next == size || next == at) {
                return hole;
            }
            at = next;
        }
        return size;
    }

    FileTask task() {
        return task;
    }

    /// Status when the file was opened.
    FileStatus status() {
        return status;
    }

    Segment segment(int number) {
        return segments.get(number);
    }

    boolean empty() {
        return segments.isEmpty();
    }

    /// Takes the next segment; called under the lock of the queue.
    int claim() {
        return claimed++;
    }

    /// Whether there are segments that nobody has taken; called under the lock of the queue.
    boolean unclaimed() {
        return claimed < segments.size();
    }

    /// Where a segment was cut.
    ///
    /// @param carried how many bytes before the segment belong to its first chunk
    /// @param cuts ends of the chunks, as positions in the segment
    record Cuts(int carried, List<Integer> cuts) {}

    /// Waits for the segments before, chooses this one's cuts and passes the turn on.
    ///
    /// @param data holds the segment from `offset` on
    /// @param found the candidates, as positions in `data`
    /// @param before receives the bytes before the segment that belong to its first chunk
    /// @return empty if the file was given up meanwhile
    synchronized Optional<Cuts> takeTurn(
            int number,
            byte[] data,
            int offset,
            int length,
            CutCandidates found,
            obnam.api.Chunker chunker,
            byte[] before,
            RunState state) {
        awaitTurn(number, state);
        if (failed) {
            return Optional.empty();
        }
        Segment segment = segments.get(number);
        int carried = segment.begins() ? 0 : carryLength;
        System.arraycopy(carry, 0, before, 0, carried);
        List<Integer> cuts = new ArrayList<>();
        int start = -carried;
        int cut = segment.hole() ? Integer.MAX_VALUE : chunker.select(offset + start, offset + length, found);
        while (cut != Integer.MAX_VALUE) {
            start = cut - offset;
            cuts.add(start);
            cut = start == length ? Integer.MAX_VALUE : chunker.select(cut, offset + length, found);
        }
        if (segment.ends() && start < length && !segment.hole()) {
            cuts.add(length);
            start = length;
        }
        keepTail(segment, data, offset, length, start);
        turn++;
        notifyAll();
        return Optional.of(new Cuts(carried, cuts));
    }

    private void keepTail(Segment segment, byte[] data, int offset, int length, int start) {
        if (segment.hole() || segment.ends()) {
            carryLength = 0;
        } else if (start < 0) {
            System.arraycopy(data, offset, carry, carryLength, length);
            carryLength += length;
        } else {
            carryLength = length - start;
            System.arraycopy(data, offset + start, carry, 0, carryLength);
        }
    }

    private void awaitTurn(int number, RunState state) {
        while (turn != number && !failed) {
            state.check();
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new obnam.api.InterruptedRunException("interrupted", "", "", e);
            }
        }
    }

    /// Gives the file up: it could not be read.
    ///
    /// @return whether this was the first to say so
    synchronized boolean giveUp() {
        boolean first = !failed;
        failed = true;
        notifyAll();
        return first;
    }

    /// Gives this reading of the file up: it became shorter meanwhile.
    synchronized void giveUpShorter() {
        shorter |= !failed;
        giveUp();
    }

    /// Whether it was given up because it became shorter.
    synchronized boolean becameShorter() {
        return shorter;
    }

    /// How often it was read before.
    int again() {
        return again;
    }

    /// Whether it was given up.
    synchronized boolean givenUp() {
        return failed;
    }

    /// Takes what a segment consists of.
    ///
    /// @return whether that was the last one: the caller finishes the file
    synchronized boolean put(int number, List<Entry.Piece> pieces, NodeSink sink) {
        waiting.put(number, pieces);
        while (!failed && waiting.containsKey(listed)) {
            waiting.remove(listed).forEach(piece -> list.add(piece, sink));
            listed++;
        }
        finished++;
        return finished == segments.size();
    }

    /// The content, once every segment was put.
    synchronized Entry.Content content(NodeSink sink) {
        return list.finish(sink);
    }

    /// The pieces of a hole.
    static List<Entry.Piece> hole(Segment segment) {
        return Collections.singletonList(new Entry.Piece(segment.length(), Optional.empty()));
    }
}
