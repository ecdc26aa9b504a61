package obnam.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.Chunker;
import obnam.api.CutCandidates;
import obnam.engine.Entry;
import obnam.posix.Directory;
import obnam.posix.FileStatus;
import obnam.posix.InputFile;
import obnam.posix.PosixException;

/// Reads files, cuts them and hands the chunks on. Belongs to one worker.
final class FileReading {

    private static final int SEGMENT = 4 << 20;
    private static final int READ = 1 << 20;
    /// A file that changes while it is read is read again so many times.
    private static final int READ_AGAIN = 2;

    private final BackupContext context;
    private final Worker worker;
    private final Chunker chunker;
    private final CutCandidates candidates = new CutCandidates();
    private final int segmentLength;
    private final byte[] before;
    private byte[] buffer;

    FileReading(BackupContext context, Worker worker) {
        this.context = context;
        this.worker = worker;
        this.chunker = context.repository().chunker();
        int longest = chunker.sizes().maximum();
        this.segmentLength = Math.max(SEGMENT, 2 * longest);
        this.before = new byte[longest];
        this.buffer = new byte[segmentLength + chunker.window() + 1];
    }

    /// Reads files one after the other; those of one directory follow each other.
    void read(List<FileTask> batch) {
        Directory directory = null;
        DirectoryNode opened = null;
        try {
            for (FileTask task : batch) {
                context.state().check();
                try {
                    if (task.directory() != opened) {
                        close(directory);
                        directory = task.directory().open(context.files());
                        opened = task.directory();
                    }
                    read(task, directory);
                } catch (PosixException | DirectoryNode.ReplacedException e) {
                    unreadable(task, reason(e));
                }
            }
        } finally {
            close(directory);
        }
    }

    private static void close(@org.jspecify.annotations.Nullable Directory directory) {
        if (directory != null) {
            directory.close();
        }
    }

    private void unreadable(FileTask task, String reason) {
        context.progress().problem(task.path(), reason);
        context.totals().files.decrement();
        task.directory().markChanged();
        worker.finished(task.directory());
    }

    private void read(FileTask task, Directory directory) {
        InputFile input = directory.openFile(task.name());
        try {
            FileStatus status = input.status();
            if (!status.isRegular()) {
                unreadable(task, "it was replaced while the backup ran");
                return;
            }
            FileTask current = new FileTask(task.directory(), task.slot(), task.name(), status);
            if (LargeFile.fits(status)) {
                begin(current, input, status, 0);
            } else {
                readWhole(current, status, input);
            }
        } finally {
            closeRead(input);
        }
    }

    /// Closes a file that was only read. What it held has been taken already, so a failure tells of nothing that is
    /// missing; and reported as one of the file, it would finish the file a second time.
    private static void closeRead(InputFile input) {
        try {
            input.close();
        } catch (PosixException e) {
            System.getLogger(FileReading.class.getName()).log(System.Logger.Level.DEBUG, "closing failed", e);
        }
    }

    private void readWhole(FileTask task, FileStatus opened, InputFile input) {
        FileStatus status = opened;
        int length = fill(input, status.size());
        FileStatus after = status;
        boolean changed = false;
        if (length > 0 || status.size() > 0) {
            after = input.status();
            changed = changedBetween(status, after) || length != status.size();
            for (int again = 0; changed && again < READ_AGAIN && after.size() < LargeFile.THRESHOLD; again++) {
                status = after;
                length = fill(input, status.size());
                after = input.status();
                changed = changedBetween(status, after) || length != status.size();
            }
        }
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int start = 0; start < length; ) {
            int end = chunker.cut(buffer, start, length);
            pieces.add(new Entry.Piece(end - start, Optional.of(worker.data(buffer, start, end - start))));
            start = end;
        }
        ListWriter list = new ListWriter();
        pieces.forEach(piece -> list.add(piece, worker));
        count(length);
        finish(task, status, length, list.finish(worker), input, changed);
    }

    /// Reads up to `size` bytes from the begin, and one more to see whether there is more.
    private int fill(InputFile input, long size) {
        int wanted = (int) Math.min(size, LargeFile.THRESHOLD) + 1;
        if (buffer.length < wanted) {
            buffer = new byte[LargeFile.THRESHOLD + 1];
        }
        int length = 0;
        while (length < wanted) {
            int ask = Math.min(READ, wanted - length);
            int more = input.read(length, buffer, length, ask);
            length += Math.max(0, more);
            if (more < ask) {
                break; // the end; the status afterwards tells if it was not
            }
        }
        return length;
    }

    private static boolean changedBetween(FileStatus before, FileStatus after) {
        return before.size() != after.size()
                || !before.modified().equals(after.modified())
                || !before.changed().equals(after.changed());
    }

    private void count(long length) {
        context.totals().filesRead.increment();
        context.totals().bytesRead.add(length);
        context.progress().bytesMoved.add(length);
    }

    private void finish(
            FileTask task, FileStatus status, long size, Entry.Content content, InputFile input, boolean changed) {
        if (changed) {
            context.progress().problem(task.path(), "it changed while it was read; it was kept as it was read");
        }
        Entry entry = context.entries()
                .entry(
                        task.name(),
                        status,
                        new Entry.File(size, content),
                        input.extendedAttributes(),
                        input.fileFlags(),
                        changed);
        task.directory().fillChanged(task.slot(), EntryFactory.encode(entry, task.path(), context.progress()));
        context.totals().bytes.add(size);
        context.progress().files.increment();
        context.progress().bytes.add(size);
        worker.finished(task.directory());
    }

    /// Opens a file for all workers.
    private void begin(FileTask task, InputFile input, FileStatus status, int again) {
        input.adviseSequential();
        LargeFile file = LargeFile.plan(task, status, input, segmentLength, before.length, again);
        if (file.empty()) {
            finish(task, status, 0, file.content(worker), input, false);
        } else {
            context.queue().found(file);
        }
    }

    /// Reads a segment of a large file.
    void readSegment(LargeFile file, int number) {
        List<Entry.Piece> pieces = List.of();
        try (Directory directory = file.task().directory().open(context.files());
                InputFile input = open(file, directory)) {
            pieces = file.givenUp() ? List.of() : pieces(file, number, input);
        } catch (PosixException | DirectoryNode.ReplacedException e) {
            if (file.giveUp()) {
                context.progress().problem(file.task().path(), reason(e));
            }
        }
        if (file.put(number, pieces, worker)) {
            finish(file);
        }
    }

    private static InputFile open(LargeFile file, Directory directory) {
        InputFile input = directory.openFile(file.task().name());
        if (!input.status().isSameFile(file.status())) {
            input.close();
            throw new DirectoryNode.ReplacedException();
        }
        return input;
    }

    private static String reason(RuntimeException e) {
        return e instanceof PosixException posix ? posix.reason() : String.valueOf(e.getMessage());
    }

    private void abandon(LargeFile file) {
        context.totals().files.decrement();
        file.task().directory().markChanged();
        worker.finished(file.task().directory());
    }

    /// All segments were read: the file is finished, or read again if it changed meanwhile.
    private void finish(LargeFile file) {
        if (file.givenUp() && !file.becameShorter()) {
            abandon(file);
            return;
        }
        try (Directory directory = file.task().directory().open(context.files())) {
            InputFile input = open(file, directory);
            try {
                finish(file, input);
            } finally {
                closeRead(input);
            }
        } catch (PosixException | DirectoryNode.ReplacedException e) {
            context.progress().problem(file.task().path(), reason(e));
            abandon(file);
        }
    }

    private void finish(LargeFile file, InputFile input) {
        FileStatus after = input.status();
        boolean changed = file.becameShorter() || changedBetween(file.status(), after);
        if (changed && file.again() < READ_AGAIN) {
            begin(file.task(), input, after, file.again() + 1);
        } else if (file.becameShorter()) {
            context.progress().problem(file.task().path(), "it became shorter each time it was read");
            abandon(file);
        } else {
            count(0);
            finish(file.task(), file.status(), file.status().size(), file.content(worker), input, changed);
        }
    }

    private List<Entry.Piece> pieces(LargeFile file, int number, InputFile input) {
        LargeFile.Segment segment = file.segment(number);
        int window = segment.begins() ? 0 : chunker.window();
        int length = segment.hole() ? 0 : (int) segment.length();
        candidates.clear();
        if (!segment.hole()) {
            if (!fill(input, segment.offset() - window, window + length)) {
                file.giveUpShorter();
                return List.of();
            }
            context.totals().bytesRead.add(length);
            context.progress().bytesMoved.add(length);
            chunker.candidates(buffer, window, window + length, candidates);
        }
        Optional<LargeFile.Cuts> cuts =
                file.takeTurn(number, buffer, window, length, candidates, chunker, before, context.state());
        if (segment.hole() || cuts.isEmpty()) {
            return segment.hole() && cuts.isPresent() ? LargeFile.hole(segment) : List.of();
        }
        return store(cuts.get(), window);
    }

    private List<Entry.Piece> store(LargeFile.Cuts cuts, int window) {
        List<Entry.Piece> pieces = new ArrayList<>(cuts.cuts().size());
        int start = -cuts.carried();
        for (int end : cuts.cuts()) {
            obnam.api.ChunkId id = start < 0
                    ? worker.data(before, -start, buffer, window, end)
                    : worker.data(buffer, window + start, end - start);
            pieces.add(new Entry.Piece(end - start, Optional.of(id)));
            start = end;
        }
        return pieces;
    }

    private boolean fill(InputFile input, long position, int wanted) {
        int length = 0;
        while (length < wanted) {
            int more = input.read(position + length, buffer, length, wanted - length);
            if (more < 0) {
                return false;
            }
            length += more;
        }
        return true;
    }
}
