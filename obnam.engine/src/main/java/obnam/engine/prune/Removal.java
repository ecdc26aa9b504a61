package obnam.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import obnam.api.ChunkId;
import obnam.api.InterruptedRunException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectName;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.index.IndexTables;
import obnam.engine.index.PackInfo;
import obnam.engine.repository.RepositoryContext;

/// Empties the condemned packs and deletes them: those of which nothing is needed first, then the others,
/// pack by pack. A pack goes only when all that was needed of it is in packs that an INDEX names, durably.
/// At any moment at most one new pack stands beside the packs it is made of. For one thread.
final class Removal {

    private final RepositoryContext repository;
    private final Progress progress;
    private final PruneRequest request;
    private final Publication publication;
    private final MoveCheck check;
    private final Tally tally;
    private final Map<ObjectName, List<ObjectName>> sets;
    private final IndexTables tables;
    private final Homeless homeless;
    private final SourceRows sources;
    private final Map<ObjectName, Leaving> leaving = new LinkedHashMap<>();
    private Leaving current = new Leaving(0);

    /// A pack that is being emptied.
    private static final class Leaving {
        private final long size;
        private final Set<ChunkId> unpublished = new HashSet<>();
        private boolean emptied;

        Leaving(long size) {
            this.size = size;
        }
    }

    /// @param homeless what has to be moved
    Removal(
            RepositoryContext repository,
            Homeless homeless,
            PruneRequest request,
            Publication publication,
            Tally tally,
            Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.request = request;
        this.publication = publication;
        this.check = new MoveCheck(repository, request.verifyMoves());
        this.tally = tally;
        this.tables = homeless.tables();
        this.sets = tables.condemned().sets();
        this.homeless = homeless;
        this.sources = new SourceRows(repository);
    }

    /// Removes all packs of the condemned sets that are there.
    ///
    /// @param strays condemned packs that no INDEX object names: whoever took them out had emptied them
    /// @throws obnam.api.MissingObjectException if somebody else deletes them too
    void run(List<ObjectInfo> strays) {
        BitSet needed = homeless.packs();
        List<Integer> emptying = new ArrayList<>();
        for (int row : homeless.condemned()) {
            if (needed.get(row)) {
                emptying.add(row);
            } else {
                checkCancelled();
                delete(tables.pack(row).name(), tables.pack(row).size());
            }
        }
        emptying.forEach(row -> progress.bytesFound.add(tables.pack(row).size()));
        progress.foundAll();
        for (PackType type : PackType.values()) {
            empty(
                    type,
                    emptying.stream()
                            .filter(row -> tables.pack(row).type() == type)
                            .toList());
        }
        strays.forEach(stray -> delete(stray.name(), stray.size()));
    }

    private void checkCancelled() {
        if (progress.cancelled()) {
            throw new InterruptedRunException("interrupted", "", "Run 'obnam prune' again: it goes on from there");
        }
    }

    private void empty(PackType type, List<Integer> rows) {
        BlockMover.Output output = new BlockMover.Output() {
            @Override
            public void finished(PackDraft draft) {
                publish(draft);
            }

            @Override
            public void taken(ChunkId chunk) {
                homeless.remove(chunk);
                current.unpublished.add(chunk);
            }
        };
        try (BlockMover mover =
                new BlockMover(repository, type, request.maxUnusedOfBlock(), homeless::has, output, tally)) {
            for (int row : rows) {
                checkCancelled();
                PackInfo info = tables.pack(row);
                current = new Leaving(info.size());
                leaving.put(info.name(), current);
                mover.move(sources.of(tables, row));
                current.emptied = true;
                progress.bytes.add(info.size());
            }
            mover.finish();
        }
        deleteEmptied();
    }

    private void publish(PackDraft draft) {
        IndexObject.PackEntry entry = publication.pack(draft, check);
        repository.store().barrier();
        var _ = publication.index(IndexObject.Statements.of(List.of(entry)));
        repository.store().barrier();
        entry.rows().tell(new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {}

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                leaving.values().forEach(pack -> pack.unpublished.remove(id));
            }
        });
        deleteEmptied();
    }

    private void deleteEmptied() {
        leaving.entrySet().removeIf(entry -> {
            boolean free =
                    entry.getValue().emptied && entry.getValue().unpublished.isEmpty();
            if (free) {
                delete(entry.getKey(), entry.getValue().size);
            }
            return free;
        });
    }

    /// Deletes a pack, if it is still condemned: else another prune has finished the work.
    private void delete(ObjectName pack, long size) {
        boolean condemned = sets.entrySet().stream()
                .filter(set -> set.getValue().contains(pack))
                .anyMatch(set -> repository.store().size(set.getKey()).isPresent());
        if (condemned) {
            repository.store().delete(pack);
            tally.deletedPacks++;
            tally.deleted(size);
        }
    }
}
