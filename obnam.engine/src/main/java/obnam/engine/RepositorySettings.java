package obnam.engine;

import java.time.Clock;

/// What whoever opens a repository chooses.
///
/// @param stateDirectory absolute path of this repository's directory for what must not be lost, such as this
///     machine's chain
/// @param cacheDirectory absolute path of this repository's directory for what may be deleted at any time
/// @param threads how many threads work at once, unless the heap is too small for so many; 1 or greater
/// @param programVersion what to write into snapshots
/// @param clock tells the time
public record RepositorySettings(
        byte[] stateDirectory, byte[] cacheDirectory, int threads, String programVersion, Clock clock) {}
