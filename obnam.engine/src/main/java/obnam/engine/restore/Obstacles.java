package obnam.engine.restore;

import java.util.Optional;
import obnam.engine.Entry;
import obnam.posix.Directory;
import obnam.posix.FileStatus;

/// Makes way for an entry where something of its name may be already. A directory that has entries is never
/// removed, and
/// nothing is ever followed.
final class Obstacles {

    private Obstacles() {}

    /// Removes what is of another type than the entry.
    ///
    /// @return the status of what is there and of the same type; empty if nothing is in the way
    /// @throws obnam.posix.PosixException if something of another type cannot be removed
    static Optional<FileStatus> clear(Directory directory, Entry entry) {
        Optional<FileStatus> present = directory.statusIfPresent(entry.name());
        if (present.isEmpty() || present.get().type() == entry.type()) {
            return present;
        }
        if (present.get().isDirectory()) {
            directory.removeDirectory(entry.name());
        } else {
            directory.remove(entry.name());
        }
        return Optional.empty();
    }
}
