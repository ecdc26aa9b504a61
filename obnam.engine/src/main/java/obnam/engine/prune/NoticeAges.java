package obnam.engine.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import obnam.api.ChunkId;
import obnam.api.ObjectName;
import obnam.engine.format.IndexObject;
import obnam.engine.format.NoticeObject;
import obnam.engine.index.Condemned;
import obnam.engine.repository.RepositoryContext;

/// Counts for each notice the prunes that it was there through, and drops those that were there too long:
/// not by time, which nobody can be trusted to know. For one thread.
final class NoticeAges {

    /// After so many prunes a notice is taken for one without an owner.
    static final int LIFE = 8;

    private final RepositoryContext repository;
    private final Publication publication;
    private final Tally tally;

    NoticeAges(RepositoryContext repository, Publication publication, Tally tally) {
        this.repository = repository;
        this.publication = publication;
        this.tally = tally;
    }

    /// Counts this prune.
    ///
    /// @param notices those that were there when it listed them
    void count(Map<ObjectName, NoticeObject> notices, Reachable reachable) {
        Condemned said = reachable.tables().condemned();
        SortedMap<ObjectName, Integer> ages = new TreeMap<>();
        List<ChunkId> unprotected = new ArrayList<>(reachable.stillUnprotected());
        Map<ObjectName, Long> dropping = new TreeMap<>();
        notices.forEach((name, notice) -> {
            OptionalLong size = repository.store().size(name);
            int age = said.outlived().getOrDefault(name, 0) + 1;
            if (size.isPresent() && age < LIFE) {
                ages.put(name, age);
            } else if (size.isPresent()) {
                dropping.put(name, size.getAsLong());
                notice.tree().ifPresent(tree -> unprotected.add(tree.id()));
            }
        });
        boolean changed = !ages.equals(said.outlived()) || !dropping.isEmpty();
        if (changed && (!ages.isEmpty() || !unprotected.isEmpty())) {
            var _ = publication.index(new IndexObject.Statements(
                    List.of(), List.of(), ages, unprotected.stream().distinct().toList()));
            repository.store().barrier();
        }
        dropping.forEach((name, size) -> publication.delete(List.of(name), size));
        tally.droppedNotices += dropping.size();
        if (changed) {
            publication.delete(List.copyOf(said.ofNotices()), 0);
        }
    }
}
