package obnam.cli.engine;

import java.util.List;
import java.util.function.Consumer;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.CheckResult;
import obnam.engine.EntryVisitor;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.RepositoryId;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;

/// An open repository, as commands see it.
public interface OpenRepository extends AutoCloseable {

    /// Which repository.
    RepositoryId id();

    /// All snapshots, oldest first.
    ///
    /// @param damaged is told of those that cannot be read
    List<Snapshot> snapshots(Consumer<Problem> damaged);

    /// Makes a backup.
    BackupResult backup(BackupRequest request, Progress progress);

    /// Restores.
    RestoreResult restore(RestoreRequest request, Progress progress);

    /// Tells of the entries below a path.
    ///
    /// @param path absolute; empty for all
    /// @param recursive whether to go into directories
    void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor);

    /// Checks the repository.
    ///
    /// @param readData whether to read all data, not only what says where it is
    CheckResult check(boolean readData, Progress progress);

    @Override
    void close();
}
