package obnam.engine.backup;

import java.util.List;
import obnam.engine.BackupRequest;
import obnam.engine.Progress;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.FileSystem;
import obnam.posix.Users;

/// What all parts of one backup share. Thread-safe.
///
/// @param repository the repository
/// @param reader reads the parent snapshot's trees
/// @param request what to back up
/// @param progress how far it is
/// @param state whether it goes on
/// @param totals what was seen and done
/// @param queue what is to be done
/// @param known which chunks need not be stored
/// @param files the live data
/// @param users names of owners
/// @param entries makes entries
/// @param newlyHidden directories that a new cache tag hides; synchronized
/// @param doubt which times of change prove nothing
/// @param mending whether what is compared with may lack chunks, which is no news then
record BackupContext(
        RepositoryContext repository,
        ChunkReader reader,
        BackupRequest request,
        Progress progress,
        RunState state,
        Totals totals,
        WorkQueue queue,
        KnownChunks known,
        FileSystem files,
        Users users,
        EntryFactory entries,
        List<byte[]> newlyHidden,
        ChangesInDoubt doubt,
        boolean mending) {}
