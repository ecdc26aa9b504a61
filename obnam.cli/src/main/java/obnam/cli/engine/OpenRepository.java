package obnam.cli.engine;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.ChainFinding;
import obnam.engine.CheckResult;
import obnam.engine.EntryVisitor;
import obnam.engine.ForgetResult;
import obnam.engine.History;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Receipt;
import obnam.engine.RepositoryId;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;

/// An open repository, as commands see it.
public interface OpenRepository extends AutoCloseable {

    /// Which repository.
    RepositoryId id();

    /// All snapshots, oldest first, and what is wrong with their chains.
    ///
    /// @param damaged is told of those that cannot be read
    History history(Consumer<Problem> damaged);

    /// Requires that the record of a receipt is there.
    ///
    /// @throws obnam.api.DamageException if it is not
    void expect(Receipt receipt);

    /// Forgets snapshots.
    ForgetResult forget(Collection<ObjectName> snapshots, Actor actor);

    /// Tells of all in a snapshot that cannot be restored whole.
    ///
    /// @param readData whether to read all data
    /// @return how many files and directories that are
    long losses(Snapshot snapshot, boolean readData, Progress progress);

    /// Annuls a snapshot.
    void annul(Snapshot snapshot, Actor actor);

    /// Takes note that missing records stay missing.
    ///
    /// @return what was missing
    List<ChainFinding> acceptGaps(Actor actor);

    /// Changes tags.
    ///
    /// @return how many snapshots have other tags now
    long tag(Set<ObjectName> snapshots, UnaryOperator<List<String>> change, Actor actor);

    /// Makes a backup.
    BackupResult backup(BackupRequest request, Progress progress);

    /// Restores.
    RestoreResult restore(RestoreRequest request, Progress progress);

    /// Tells of the entries below a path.
    ///
    /// @param path absolute; empty for all
    /// @param recursive whether to go into directories
    void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor);

    /// Deletes what no snapshot needs.
    PruneResult prune(PruneRequest request, Progress progress);

    /// Checks the repository.
    ///
    /// @param readData whether to read all data, not only what says where it is
    CheckResult check(boolean readData, Progress progress);

    @Override
    void close();
}
