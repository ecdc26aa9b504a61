package obnam.store.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import obnam.api.ObjectName;

/// Files that were read from and may be wanted again soon: a restore reads many ranges of one pack. An open file
/// is for one thread at a time, so a reader takes it out and puts it back; the ones put back longest ago are
/// closed. Thread-safe.
final class IdleFiles {

    private final int most;
    private final Deque<OpenFile> newestFirst = new ArrayDeque<>();
    private long forgotten;

    /// An object's file.
    ///
    record OpenFile(ObjectName name, DurableFiles.Reader file) {}

    /// A file in use.
    ///
    /// @param age tells whether names were forgotten since it was taken
    record Taken(OpenFile open, long age) {}

    /// @param most how many files are kept open
    IdleFiles(int most) {
        this.most = most;
    }

    /// A file for one reader, who gives it back or closes it.
    ///
    /// @param opener opens it if it is not open yet
    Taken take(ObjectName name, Supplier<OpenFile> opener) {
        long age;
        synchronized (this) {
            age = forgotten;
            for (Iterator<OpenFile> files = newestFirst.iterator(); files.hasNext(); ) {
                OpenFile idle = files.next();
                if (idle.name().equals(name)) {
                    files.remove();
                    return new Taken(idle, age);
                }
            }
        }
        return new Taken(opener.get(), age);
    }

    /// Gives a file back that is still good.
    void giveBack(Taken taken) {
        OpenFile surplus = taken.open();
        synchronized (this) {
            // A file that was taken before any name was forgotten may be of that name.
            if (taken.age() == forgotten) {
                newestFirst.addFirst(taken.open());
                if (newestFirst.size() <= most) {
                    return;
                }
                surplus = newestFirst.removeLast();
            }
        }
        surplus.file().close();
    }

    /// Closes the files of an object that is deleted.
    void forget(ObjectName name) {
        List<OpenFile> closing = new ArrayList<>();
        synchronized (this) {
            forgotten++;
            newestFirst.removeIf(idle -> idle.name().equals(name) && closing.add(idle));
        }
        closing.forEach(open -> open.file().close());
    }

    /// Closes all files.
    synchronized void close() {
        forgotten++;
        newestFirst.forEach(idle -> idle.file().close());
        newestFirst.clear();
    }
}
