package obnam.engine;

import java.util.List;
import java.util.Optional;

/// How a backup ended.
///
/// @param snapshot the snapshot; empty if it was a dry run
/// @param counts what the run saw and did
/// @param newlyHidden directories that were backed up before and are now left out because of a new CACHEDIR.TAG
public record BackupResult(Optional<Snapshot> snapshot, Counts counts, List<byte[]> newlyHidden) {}
