package obnam.engine;

import java.util.List;
import obnam.api.ObjectName;

/// The snapshots of a repository, and what is wrong with the chains of records they stand in.
///
/// @param snapshots the oldest first
/// @param findings signs that records are missing; none if all is well
/// @param unreadable records that are there and cannot be read, and that nobody forgot; each may be a snapshot
public record History(List<Snapshot> snapshots, List<ChainFinding> findings, List<ObjectName> unreadable) {}
