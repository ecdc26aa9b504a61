package obnam.engine.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.Head;
import obnam.engine.format.LogRecord;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.format.TagRecord;
import obnam.engine.repository.RepositoryContext;

/// Changes the tags of snapshots by records of their own, since a snapshot itself never changes.
public final class Tagging {

    private final RepositoryContext repository;
    private final SnapshotLog log;
    private final RecordPublication publication;
    private final LogRecord.Author author;

    /// @param repository the repository
    /// @param log as it is now
    /// @param actor who tags
    public Tagging(RepositoryContext repository, SnapshotLog log, Actor actor) {
        this.repository = repository;
        this.log = log;
        this.publication = new RecordPublication(repository);
        this.author = publication.author(actor);
    }

    /// Changes the tags of snapshots. Snapshots that get the same tags share a record.
    ///
    /// @param change makes the new tags of the old ones
    /// @return how many snapshots have other tags now
    public long change(Set<ObjectName> snapshots, UnaryOperator<List<String>> change) {
        Map<List<String>, List<SnapshotRecord>> byLabels = new LinkedHashMap<>();
        for (SnapshotRecord record : log.snapshots()) {
            List<String> labels = change.apply(record.snapshot().tags());
            if (snapshots.contains(record.name())
                    && !labels.equals(record.snapshot().tags())) {
                byLabels.computeIfAbsent(labels, _ -> new ArrayList<>()).add(record);
            }
        }
        List<LogRecord> seen = log.records();
        byLabels.forEach((labels, records) -> put(seen, labels, records));
        return byLabels.values().stream().mapToLong(List::size).sum();
    }

    private void put(List<LogRecord> seen, List<String> labels, List<SnapshotRecord> records) {
        List<Head> heads = records.stream().map(SnapshotRecord::head).toList();
        long revision = 1 + heads.stream().mapToLong(log::revision).max().orElse(0);
        publication.put(
                seen,
                link -> new TagRecord(RecordPublication.UNNAMED, link, author, heads, revision, labels)
                        .encode(repository.frames()));
    }
}
