package obnam.engine.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.ObnamException;
import obnam.engine.Progress;
import obnam.engine.TreeReference;
import obnam.engine.deletion.TreeMarker;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.ChunkMarks;
import obnam.engine.index.IndexTables;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;

/// Which chunks the roots reach. A chunk that a snapshot needs and no index knows is looked for again after a
/// refresh of the index, since a listing may miss an INDEX object that is being replaced; then it ends the
/// prune. What only a notice needs and is not there is passed over: a dead client must not block anybody.
/// For one thread.
final class Reachable {

    private static final int ATTEMPTS = 3;
    private static final long CACHE = 64L << 20;

    private final RepositoryContext repository;
    private final ChunkIndex index;
    private final Roots roots;
    private final Progress progress;
    private IndexTables tables;
    private ChunkMarks marks;
    private final Set<ChunkId> brokenTrees = ConcurrentHashMap.newKeySet();
    private long skipped;

    Reachable(RepositoryContext repository, ChunkIndex index, Roots roots, Progress progress) {
        this.repository = repository;
        this.index = index;
        this.roots = roots;
        this.progress = progress;
        this.tables = index.tables();
        this.marks = new ChunkMarks(tables);
    }

    IndexTables tables() {
        return tables;
    }

    ChunkMarks marks() {
        return marks;
    }

    /// Chunks that were passed over.
    long skipped() {
        return skipped;
    }

    /// Marks what roots reach that became known.
    ///
    /// @throws DamageException if a snapshot cannot be walked
    void reach(Roots.Found found) {
        Roots.Found todo = found;
        if (skipped > 0) { // what was passed over may be there by now, and what is below it with it
            marks = new ChunkMarks(tables);
            todo = roots.all();
        }
        Optional<ObnamException> loss = mark(todo);
        if (loss.isEmpty() && skipped > 0) { // once more: nothing is passed over that was only misread
            marks = new ChunkMarks(tables);
            loss = mark(roots.all());
        }
        for (int attempt = 1; loss.isPresent(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw loss.get();
            }
            index.refresh();
            tables = index.tables();
            marks = new ChunkMarks(tables);
            loss = mark(roots.all());
        }
    }

    private Optional<ObnamException> mark(Roots.Found found) {
        AtomicReference<Optional<ObnamException>> lost = new AtomicReference<>(Optional.empty());
        LongAdder passedOver = new LongAdder();
        try (ChunkReader reader = new ChunkReader(repository, index, CACHE)) {
            mark(reader, found.snapshots(), (root, cause) -> {
                Roots.Root snapshot = found.snapshots().get(root);
                if (isUnprotected(snapshot)) {
                    brokenTrees.add(snapshot.tree().id());
                    passedOver.increment();
                } else {
                    var _ = lost.compareAndSet(Optional.empty(), Optional.of(broken(snapshot, cause)));
                }
            });
            mark(reader, found.notices(), (_, _) -> passedOver.increment());
        }
        skipped = passedOver.sum();
        return lost.get();
    }

    /// Whether the notice of a snapshot's tree was dropped before there was a snapshot: its run may have
    /// died before it could mend what was deleted meanwhile.
    private boolean isUnprotected(Roots.Root snapshot) {
        return tables.condemned().unprotected().contains(snapshot.tree().id());
    }

    /// Of the trees whose notices were dropped those that no whole snapshot has.
    List<ChunkId> stillUnprotected() {
        Set<ChunkId> whole = new HashSet<>();
        roots.all().snapshots().forEach(root -> whole.add(root.tree().id()));
        whole.removeAll(brokenTrees);
        return tables.condemned().unprotected().stream()
                .filter(tree -> !whole.contains(tree))
                .toList();
    }

    private void mark(ChunkReader reader, List<Roots.Root> from, TreeMarker.Losses losses) {
        List<TreeReference> trees = from.stream().map(Roots.Root::tree).toList();
        new TreeMarker(reader, marks, losses, progress)
                .mark(trees, repository.settings().threads());
    }

    private static DamageException broken(Roots.Root root, ObnamException cause) {
        return new DamageException(
                "a snapshot is not whole (" + cause.what() + (cause.subject().isEmpty() ? "" : ": " + cause.subject())
                        + ")",
                root.name().toString(),
                "Nothing more was deleted. See what is lost with 'obnam check', then forget the snapshot, and prune"
                        + " again",
                cause);
    }

    /// Goes on with the index as it is after a refresh.
    void follow() {
        tables = index.tables();
        marks.follow(tables);
    }

    /// The error for a chunk that is in no pack: if a snapshot needs it.
    Optional<DamageException> neededBy(ChunkId chunk) {
        for (Roots.Root root : roots.all().snapshots()) {
            if (isUnprotected(root)) {
                continue;
            }
            ChunkMarks own = new ChunkMarks(tables);
            List<ObnamException> losses = new ArrayList<>();
            try (ChunkReader reader = new ChunkReader(repository, index, CACHE)) {
                new TreeMarker(reader, own, (_, cause) -> losses.add(cause), progress).mark(List.of(root.tree()), 1);
            }
            if (own.has(chunk)) {
                return Optional.of(broken(
                        root,
                        losses.isEmpty()
                                ? new DamageException("a chunk is in no pack", "chunk " + chunk, "")
                                : losses.getFirst()));
            }
        }
        return Optional.empty();
    }
}
