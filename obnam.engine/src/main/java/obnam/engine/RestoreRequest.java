package obnam.engine;

import java.util.Optional;

/// What to restore, and where.
///
/// @param snapshot the snapshot
/// @param path absolute path within the snapshot: its content is restored; empty for all
/// @param target absolute path of the directory that receives it; made if it is not there
/// @param dryRun whether to write nothing
/// @param verify whether to read back and compare every restored file
public record RestoreRequest(Snapshot snapshot, Optional<byte[]> path, byte[] target, boolean dryRun, boolean verify) {}
