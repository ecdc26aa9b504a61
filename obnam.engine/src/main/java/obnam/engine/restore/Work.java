package obnam.engine.restore;

import java.util.List;
import java.util.Optional;
import obnam.engine.Entry;

/// What the walk hands to the workers.
sealed interface Work {

    /// Entries to restore, one after the other.
    ///
    /// @param items in the order of the walk
    record Batch(List<Item> items) implements Work {}

    /// A part of a large file.
    ///
    /// @param task the file
    /// @param position where the part begins
    /// @param pieces what it consists of
    record Part(FileTask task, long position, List<Entry.Piece> pieces) implements Work {}

    /// An entry that is no directory.
    ///
    /// @param directory where it goes; held until the item is done
    /// @param entry the entry
    /// @param group the other names of the file
    record Item(TargetDirectory directory, Entry entry, Optional<HardLinks.Group> group) {

        /// Whether the file is restored elsewhere, and is to be linked to here.
        @SuppressWarnings("ReferenceEquality") // one and the same
        boolean isLink() {
            return group.isPresent() && !group.get().isFirst(directory, entry);
        }

        byte[] path() {
            return directory.pathOf(entry);
        }

        /// Tells those who wait for this entry.
        void finished(boolean success) {
            if (!isLink()) {
                group.ifPresent(names -> names.finished(success));
            }
        }
    }
}
