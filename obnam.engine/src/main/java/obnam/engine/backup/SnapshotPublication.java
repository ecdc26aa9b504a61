package obnam.engine.backup;

import java.util.List;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.RecordPublication;
import obnam.engine.repository.RepositoryContext;

/// Puts the record of a finished backup, as the next in this machine's chain.
final class SnapshotPublication {

    private final RepositoryContext repository;
    private final List<SnapshotRecord> records;

    /// @param records the records that this run has seen
    SnapshotPublication(RepositoryContext repository, List<SnapshotRecord> records) {
        this.repository = repository;
        this.records = records;
    }

    /// Makes sure that this machine can keep its chain, before hours are spent on data.
    void prepare() {
        new RecordPublication(repository).observe(records);
    }

    /// A snapshot and its place.
    ///
    /// @param snapshot with its name
    /// @param head the place of its record
    record Published(Snapshot snapshot, Head head) {}

    /// Puts it.
    ///
    /// @param snapshot the snapshot, with any name
    Published publish(Snapshot snapshot) {
        Head head = new RecordPublication(repository)
                .put(records, link -> new SnapshotRecord(link, snapshot).encode(repository.frames()));
        return new Published(snapshot.withName(head.name()), head);
    }
}
