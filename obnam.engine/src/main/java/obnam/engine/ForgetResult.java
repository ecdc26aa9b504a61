package obnam.engine;

import java.util.Optional;

/// What was forgotten.
///
/// @param snapshots how many snapshots
/// @param finished how many objects were deleted that an interrupted forget had left behind
/// @param head the record that says so; empty if nothing had to be recorded
public record ForgetResult(long snapshots, long finished, Optional<Head> head) {}
