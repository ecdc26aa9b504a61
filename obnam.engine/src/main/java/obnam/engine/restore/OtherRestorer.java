package obnam.engine.restore;

import java.util.Arrays;
import java.util.Optional;
import obnam.engine.Entry;
import obnam.engine.format.ByteReader;
import obnam.posix.Directory;
import obnam.posix.FileStatus;

/// Restores symbolic links, FIFOs, sockets and devices. Thread-safe.
final class OtherRestorer {

    // What Linux has room for in a device number.
    private static final int LARGEST_MAJOR = 0xfff;
    private static final int LARGEST_MINOR = 0xfffff;
    private static final int PRIVATE = 0600;

    private final Shared shared;

    OtherRestorer(Shared shared) {
        this.shared = shared;
    }

    /// Restores an entry.
    ///
    /// @param directory where it goes
    /// @return whether it is there now
    boolean restore(Directory directory, Work.Item item) {
        Entry entry = item.entry();
        boolean there = shared.reports().attempt(item.path(), () -> put(directory, item));
        if (there) {
            if (item.directory().fresh()) {
                shared.metadata().applyToNew(new Inode.Named(directory, entry.name()), entry, item.path());
            } else {
                shared.metadata().applyToExisting(directory, entry.name(), entry, item.path());
            }
            shared.tally().done(entry);
        }
        return there;
    }

    private void put(Directory directory, Work.Item item) {
        Entry entry = item.entry();
        Optional<FileStatus> present = item.directory().fresh() ? Optional.empty() : Obstacles.clear(directory, entry);
        if (present.isPresent()) {
            // One that has further names elsewhere is replaced if its metadata differ, so that those keep theirs.
            boolean mayStay =
                    present.get().linkCount() == 1 || shared.metadata().isRight(directory, entry.name(), entry);
            if (mayStay && isRight(directory, entry, present.get())) {
                return;
            }
            directory.remove(entry.name());
        }
        make(directory, entry);
    }

    private static boolean isRight(Directory directory, Entry entry, FileStatus present) {
        return switch (entry.body()) {
            case Entry.Symlink link -> Arrays.equals(link.target(), directory.readLink(entry.name()));
            case Entry.Device(int major, int minor) -> major == present.deviceMajor() && minor == present.deviceMinor();
            case Entry.Nothing _ -> true;
            case Entry.File _, Entry.Directory _ -> false;
        };
    }

    private static void make(Directory directory, Entry entry) {
        switch (entry.body()) {
            case Entry.Symlink link -> {
                checkTarget(link.target());
                directory.makeSymlink(entry.name(), link.target());
            }
            case Entry.Device(int major, int minor) -> {
                if (major > LARGEST_MAJOR || minor > LARGEST_MINOR) {
                    throw ByteReader.damage("no device has this number", major + ":" + minor);
                }
                directory.makeNode(entry.name(), entry.type(), PRIVATE, major, minor);
            }
            case Entry.Nothing _ -> directory.makeNode(entry.name(), entry.type(), PRIVATE, 0, 0);
            case Entry.File _, Entry.Directory _ -> throw new IllegalArgumentException("restored elsewhere");
        }
    }

    private static void checkTarget(byte[] target) {
        boolean empty = target.length == 0;
        for (byte letter : target) {
            empty |= letter == 0;
        }
        if (empty) {
            throw ByteReader.damage("a symbolic link leads to no possible path", "snapshot");
        }
    }
}
