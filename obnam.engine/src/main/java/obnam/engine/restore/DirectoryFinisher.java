package obnam.engine.restore;

import java.util.Optional;
import obnam.engine.Entry;
import obnam.posix.PosixException;

/// Gives directories their metadata when nothing holds them any longer, from the deepest up. Thread-safe.
final class DirectoryFinisher {

    private static final byte[] ITSELF = {};

    private final Metadata metadata;
    private final Reports reports;

    DirectoryFinisher(Shared shared) {
        this.metadata = shared.metadata();
        this.reports = shared.reports();
    }

    /// Releases a directory, and finishes it, and those above it, if that was the last hold.
    ///
    /// @param cursor stands in the directory, and afterwards there or somewhere above
    void release(TargetCursor cursor, TargetDirectory directory) {
        TargetDirectory at = directory;
        while (at.release()) {
            Optional<TargetDirectory> above = at.parent();
            finish(cursor, at);
            if (above.isEmpty()) {
                return;
            }
            at = above.get();
        }
    }

    private void finish(TargetCursor cursor, TargetDirectory directory) {
        try {
            cursor.moveTo(directory);
            cursor.leaveAfter(handle -> {
                Optional<Entry> entry = directory.entry();
                if (entry.isEmpty()) {
                    return;
                }
                if (directory.fresh() && directory.parent().isPresent()) {
                    metadata.applyToNew(new Inode.Named(handle, ITSELF), entry.get(), directory.path());
                } else {
                    metadata.applyToExisting(handle, ITSELF, entry.get(), directory.path());
                }
            });
        } catch (PosixException e) {
            reports.report(directory.path(), e);
        }
    }
}
