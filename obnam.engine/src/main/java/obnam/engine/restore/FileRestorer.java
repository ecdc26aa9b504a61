package obnam.engine.restore;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.ObnamException;
import obnam.engine.Entry;
import obnam.engine.repository.ChunkReader;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.PosixException;

/// Restores regular files, small ones whole, large ones part by part on all threads.
///
/// A new file is written under its own name, since a temporary one would cost two more changes of the directory
/// for each file. Until it is complete it has mode 0600 and the present time; if it cannot be completed it is
/// removed.
///
/// To be used by one thread at a time.
final class FileRestorer {

    private static final int RANDOM_BYTES = 8;

    private final ChunkReader chunks;
    private final ContentWriter content;
    private final Metadata metadata;
    private final Reports reports;
    private final Tally tally;
    private final SecureRandom random;
    private final boolean verify;

    FileRestorer(Shared shared) {
        this.chunks = shared.chunks();
        this.reports = shared.reports();
        this.tally = shared.tally();
        this.content = new ContentWriter(chunks, shared.context().hashers().data(), tally, reports);
        this.metadata = shared.metadata();
        this.random = shared.context().random();
        this.verify = shared.verify();
    }

    private record Begun(FileTask task, FileHandle handle) {}

    /// Restores a file whole.
    ///
    /// @param directory where it goes
    /// @return whether it is there now
    boolean restore(Directory directory, Work.Item item) {
        if (isRight(directory, item)) {
            return true;
        }
        Optional<Begun> begun = begin(directory, item);
        if (begun.isEmpty()) {
            return false;
        }
        FileTask task = begun.get().task();
        try (FileHandle handle = begun.get().handle()) {
            PartCursor parts = new PartCursor(chunks, task.file());
            while (parts.next()) {
                writePieces(handle, task, parts.position(), parts.pieces());
            }
            complete(directory, handle, task);
        } catch (PosixException | ObnamException e) {
            fail(directory, task, e);
        }
        return !task.failed();
    }

    /// Whether a file of several names, which would have to be replaced, is as it should be already. If so, it
    /// counts as restored.
    boolean isRight(Directory directory, Work.Item item) {
        if (item.directory().fresh()) {
            return false;
        }
        Entry entry = item.entry();
        Entry.File file = (Entry.File) entry.body();
        boolean[] right = {false};
        reports.reasonOf(() -> right[0] = directory
                .statusIfPresent(entry.name())
                .filter(status -> status.isRegular() && status.linkCount() > 1 && status.size() == file.size())
                .filter(_ -> metadata.isRight(directory, entry.name(), entry))
                .filter(_ -> holdsAll(directory, item, file))
                .isPresent());
        if (right[0]) {
            tally.covered(file.size());
            tally.done(entry);
        }
        return right[0];
    }

    private boolean holdsAll(Directory directory, Work.Item item, Entry.File file) {
        try (FileHandle handle = new FileHandle(directory, item.entry().name())) {
            PartCursor parts = new PartCursor(chunks, file);
            boolean right = true;
            while (right && parts.next()) {
                right = content.holds(handle, parts.position(), parts.pieces());
            }
            return right;
        }
    }

    /// Prepares a file that is to be restored part by part.
    ///
    /// @return empty if that failed, which was reported
    Optional<FileTask> beginParts(Directory directory, Work.Item item) {
        return begin(directory, item).map(begun -> {
            begun.handle().close();
            return begun.task();
        });
    }

    /// Restores a part of a file.
    void restorePart(Directory directory, Work.Part part) {
        FileTask task = part.task();
        if (task.failed()) {
            return;
        }
        try (FileHandle handle = new FileHandle(directory, task.workName())) {
            writePieces(handle, task, part.position(), part.pieces());
        } catch (PosixException | ObnamException e) {
            fail(directory, task, e);
        }
    }

    /// Finishes a file all parts of which are done.
    ///
    /// @return whether it is there now
    boolean finishParts(Directory directory, FileTask task) {
        if (!task.failed()) {
            try (FileHandle handle = new FileHandle(directory, task.workName())) {
                complete(directory, handle, task);
            } catch (PosixException | ObnamException e) {
                fail(directory, task, e);
            }
        }
        return !task.failed();
    }

    /// Gives up a file: nothing that looks like it is left, unless it was there before.
    void fail(Directory directory, FileTask task, RuntimeException failure) {
        if (!task.fail()) {
            return;
        }
        if (task.way() == FileTask.Way.IN_PLACE) {
            String reason = reports.reasonOf(failure);
            reports.problem(task.item().path(), reason + "; the file is partly the old one now");
            return;
        }
        discard(directory, task);
        reports.report(task.item().path(), failure);
    }

    /// Removes what was written of a file.
    void discard(Directory directory, FileTask task) {
        if (task.way() != FileTask.Way.IN_PLACE) {
            reports.reasonOf(() -> directory.remove(task.workName()));
        }
    }

    private void writePieces(FileHandle handle, FileTask task, long position, List<Entry.Piece> pieces) {
        content.write(handle, position, pieces, task.way() == FileTask.Way.IN_PLACE);
        if (verify) {
            content.verify(handle, position, pieces);
        }
    }

    private Optional<Begun> begin(Directory directory, Work.Item item) {
        try {
            Entry entry = item.entry();
            Optional<FileStatus> present =
                    item.directory().fresh() ? Optional.empty() : Obstacles.clear(directory, entry);
            if (present.isEmpty()) {
                return Optional.of(make(directory, new FileTask(item, FileTask.Way.NEW, entry.name())));
            }
            if (present.get().linkCount() > 1) {
                return Optional.of(make(directory, new FileTask(item, FileTask.Way.REPLACE, temporaryName())));
            }
            FileTask task = new FileTask(item, FileTask.Way.IN_PLACE, entry.name());
            FileHandle handle = new FileHandle(directory, entry.name());
            if (present.get().size() != task.file().size()) {
                handle.writer().truncate(task.file().size());
            }
            return Optional.of(new Begun(task, handle));
        } catch (PosixException e) {
            reports.report(item.path(), e);
            return Optional.empty();
        }
    }

    /// Makes a file. One that may have holes gets its size now: later, threads that write other parts might be
    /// cut off.
    private static Begun make(Directory directory, FileTask task) {
        FileHandle handle = FileHandle.create(directory, task.workName());
        boolean written = task.file().content() instanceof Entry.Inline inline
                && inline.pieces().stream().allMatch(piece -> piece.chunk().isPresent());
        if (!written) {
            handle.writer().truncate(task.file().size());
        }
        return new Begun(task, handle);
    }

    private void complete(Directory directory, FileHandle handle, FileTask task) {
        boolean inPlace = task.way() == FileTask.Way.IN_PLACE;
        byte[] path = task.item().path();
        if (inPlace || !task.item().directory().fresh()) {
            metadata.applyToExisting(directory, task.workName(), task.entry(), path);
        } else {
            metadata.applyToNew(new Inode.Open(handle.writer()), task.entry(), path);
        }
        if (task.way() == FileTask.Way.REPLACE) {
            directory.rename(task.workName(), task.entry().name());
        }
        tally.done(task.entry());
    }

    private byte[] temporaryName() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return FileNames.of(".obnam-restore-" + HexFormat.of().formatHex(bytes));
    }
}
