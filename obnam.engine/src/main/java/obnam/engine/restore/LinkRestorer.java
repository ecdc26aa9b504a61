package obnam.engine.restore;

import java.util.Optional;
import obnam.engine.Entry;
import obnam.posix.Directory;
import obnam.posix.FileStatus;

/// Gives files their further names. To be used by one thread at a time.
final class LinkRestorer {

    private final Reports reports;
    private final Tally tally;
    private final TargetCursor elsewhere;

    /// @param elsewhere goes to where the first names are
    LinkRestorer(Shared shared, TargetCursor elsewhere) {
        this.reports = shared.reports();
        this.tally = shared.tally();
        this.elsewhere = elsewhere;
    }

    /// Links an entry to the first name of its file.
    ///
    /// @param directory where it goes
    /// @return whether it is there now; if not, it has to be restored by itself
    boolean restore(Directory directory, Work.Item item) {
        HardLinks.Group group = item.group().orElseThrow();
        if (!group.await(reports::checkCancelled)) {
            return false;
        }
        Optional<String> failure = reports.reasonOf(() -> link(directory, item, group));
        failure.ifPresent(reason -> reports.problem(item.path(), reason + "; it is restored as a file of its own"));
        if (failure.isEmpty()) {
            tally.covered(item.entry().body() instanceof Entry.File file ? file.size() : 0);
            tally.done(item.entry());
        }
        return failure.isEmpty();
    }

    private void link(Directory directory, Work.Item item, HardLinks.Group group) {
        Directory from = directory;
        if (group.directory() != item.directory()) {
            elsewhere.moveTo(group.directory());
            from = elsewhere.handle();
        }
        byte[] name = item.entry().name();
        if (!item.directory().fresh()) {
            Optional<FileStatus> present = Obstacles.clear(directory, item.entry());
            if (present.isPresent()) {
                if (present.get().isSameFile(from.status(group.first().name()))) {
                    return;
                }
                directory.remove(name);
            }
        }
        directory.link(from, group.first().name(), name);
    }
}
