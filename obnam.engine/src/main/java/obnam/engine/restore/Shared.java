package obnam.engine.restore;

import java.util.Set;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;

/// What all threads of one restore share. Thread-safe.
///
/// @param context the repository
/// @param chunks where chunks come from
/// @param reports takes failures
/// @param tally counts
/// @param metadata gives entries their metadata
/// @param verify whether to read back every file
/// @param inParts files that are restored part by part and not finished yet
record Shared(
        RepositoryContext context,
        ChunkReader chunks,
        Reports reports,
        Tally tally,
        Metadata metadata,
        boolean verify,
        Set<FileTask> inParts) {}
