package obnam.engine.backup;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.RecordPublication;
import obnam.engine.repository.RepositoryContext;

/// Puts the record of a finished backup, as the next in this machine's chain.
final class SnapshotPublication {

    private final RepositoryContext repository;
    private final RecordPublication publication;
    private final List<SnapshotRecord> records;
    private Optional<Head> head = Optional.empty();

    /// @param records the records that this run has seen
    SnapshotPublication(RepositoryContext repository, List<SnapshotRecord> records) {
        this.repository = repository;
        this.publication = new RecordPublication(repository);
        this.records = records;
    }

    /// Makes sure that this machine can keep its chain, before hours are spent on data.
    void prepare() {
        publication.observe(records);
    }

    /// Puts it.
    ///
    /// @param snapshot makes the snapshot with a given name; called once
    Snapshot publish(Function<ObjectName, Snapshot> snapshot) {
        Snapshot unnamed = snapshot.apply(RecordPublication.UNNAMED);
        Head place = publication.put(records, link -> new SnapshotRecord(link, unnamed).encode(repository.frames()));
        head = Optional.of(place);
        return unnamed.withName(place.name());
    }

    /// Annuls the snapshot that was put at a place: it lacks chunks.
    void retract(Head place, Actor actor) {
        var _ = publication.annul(records, place, actor);
    }

    /// The place of the record that was put last.
    Optional<Head> head() {
        return head;
    }
}
