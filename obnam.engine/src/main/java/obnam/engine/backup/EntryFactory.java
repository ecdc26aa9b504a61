package obnam.engine.backup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.TreeReference;
import obnam.engine.format.EntryEncoder;
import obnam.engine.format.Sizes;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileStatus;

/// Makes entries of what the file system tells.
final class EntryFactory {

    private final boolean accessTimes;

    /// @param accessTimes whether to record times of access
    EntryFactory(boolean accessTimes) {
        this.accessTimes = accessTimes;
    }

    Entry entry(
            byte[] name,
            FileStatus status,
            Entry.Body body,
            List<ExtendedAttribute> attributes,
            int fileFlags,
            boolean incomplete) {
        return new Entry(
                status.type(),
                name,
                status.mode(),
                status.uid(),
                status.gid(),
                status.modified(),
                status.changed(),
                status.inode(),
                !status.isDirectory() && status.linkCount() > 1,
                status.mountRoot(),
                incomplete,
                body,
                attributes,
                fileFlags == 0 ? OptionalInt.empty() : OptionalInt.of(fileFlags),
                status.born(),
                accessTimes ? Optional.of(status.accessed()) : Optional.empty());
    }

    /// The entry as it is stored. One with more extended attributes than fit is stored without them, as incomplete,
    /// so that it is tried again; a file system may let anybody attach megabytes of them.
    ///
    /// @param path for the report
    static byte[] encode(Entry entry, byte[] path, Progress progress) {
        byte[] encoded = EntryEncoder.encode(entry);
        if (encoded.length <= Sizes.ENTRY_TARGET) {
            return encoded;
        }
        progress.problem(path, "its extended attributes are too large; it was saved without them");
        return EntryEncoder.encode(with(entry, entry.body(), List.of(), true));
    }

    /// The same directory entry with another tree.
    static Entry withTree(Entry entry, TreeReference tree, boolean incomplete) {
        return with(entry, new Entry.Directory(tree), entry.attributes(), incomplete);
    }

    private static Entry with(Entry entry, Entry.Body body, List<ExtendedAttribute> attributes, boolean incomplete) {
        return new Entry(
                entry.type(),
                entry.name(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.modified(),
                entry.changed(),
                entry.inode(),
                entry.multipleLinks(),
                entry.mountRoot(),
                incomplete,
                body,
                attributes,
                entry.fileFlags(),
                entry.born(),
                entry.accessed());
    }
}
