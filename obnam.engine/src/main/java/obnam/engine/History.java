package obnam.engine;

import java.util.List;

/// The snapshots of a repository, and what is wrong with the chains of records they stand in.
///
/// @param snapshots the oldest first
/// @param findings signs that records are missing; none if all is well
public record History(List<Snapshot> snapshots, List<ChainFinding> findings) {}
