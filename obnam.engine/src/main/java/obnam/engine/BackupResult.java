package obnam.engine;

import java.util.List;
import java.util.Optional;

/// How a backup ended.
///
/// @param snapshot the snapshot; empty if it was a dry run
/// @param head the place of its record, to write down; empty if it was a dry run
/// @param counts what the run saw and did
/// @param newlyHidden directories that were backed up before and are now left out because of a new
///     CACHEDIR.TAG
/// @param findings signs that the store lost or hides records
public record BackupResult(
        Optional<Snapshot> snapshot,
        Optional<Head> head,
        Counts counts,
        List<byte[]> newlyHidden,
        List<ChainFinding> findings) {

    /// The result of a run that did not look at chains.
    public BackupResult(Optional<Snapshot> snapshot, Optional<Head> head, Counts counts, List<byte[]> newlyHidden) {
        this(snapshot, head, counts, newlyHidden, List.of());
    }

    /// The same with what was found.
    public BackupResult withFindings(List<ChainFinding> found) {
        return new BackupResult(snapshot, head, counts, newlyHidden, found);
    }
}
