package obnam.engine.deletion;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import obnam.api.ChunkId;
import obnam.api.ChunkStore;
import obnam.api.ObjectName;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.history.SnapshotLog;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.ChunkMarks;
import obnam.engine.index.DamagedCacheException;
import obnam.engine.index.IndexTables;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.store.SettlingStore;

/// Finds out whether all that a tree reaches is in packs that are there and that nobody is going to delete:
/// docs/deletion.md, section 3, steps 4 to 6. To be asked when a notice or a snapshot has made the tree a
/// root: who condemns packs from then on takes care of them.
public final class Reliance {

    private final RepositoryContext repository;
    private final ChunkIndex index;
    private final ChunkReader reader;
    private final SnapshotLog log;
    private final Progress progress;
    private final PackLists lists;
    private final ChunkStore settled;
    private Optional<ObjectName> listed = Optional.empty();
    private Set<ObjectName> packs = Set.of();

    /// What a tree relies on.
    ///
    /// @param packs the packs that its chunks were put into or found in
    /// @param unread the snapshot that other parts of it were taken over from unread
    /// @param walk whether the tree is to be walked to find out
    public record On(Set<ObjectName> packs, Optional<Snapshot> unread, boolean walk) {

        /// On packs, and on a snapshot for the rest.
        public On(Set<ObjectName> packs, Optional<Snapshot> unread) {
            this(packs, unread, false);
        }

        /// On packs that a walk of the tree will find, these among them.
        public static On all(Set<ObjectName> packs) {
            return new On(packs, Optional.empty(), true);
        }
    }

    /// @param log as it was when the run began
    public Reliance(
            RepositoryContext repository, ChunkIndex index, ChunkReader reader, SnapshotLog log, Progress progress) {
        this.repository = repository;
        this.index = index;
        this.reader = reader;
        this.log = log;
        this.progress = progress;
        this.lists = new PackLists(repository.settings().cacheDirectory());
        this.settled = SettlingStore.around(repository.store());
    }

    /// Whether it is. The index learns what is condemned, and which packs are missing.
    public boolean holds(TreeReference tree, On on) {
        index.refresh(settled);
        if (on.walk()) {
            return walkHolds(tree);
        }
        listed = on.unread().map(Snapshot::name);
        packs = on.packs();
        if (parentStands(on)) {
            return stay(packs);
        }
        // What the parent relied on may have moved since: then its list does not hold, and the walk may.
        Optional<Set<ObjectName>> ofParent = lists.of(on.unread().get().name());
        return ofParent.isPresent() && stay(ofParent.get()) && stay(packs) || walkHolds(tree);
    }

    /// Keeps the list of packs of a snapshot of the tree, after [#holds], when its run has come to its end.
    public void keepList(ObjectName snapshot) {
        lists.keep(snapshot, listed, packs);
    }

    /// Whether what was taken over unread is there to stay: nobody deletes anything, and the parent
    /// snapshot is still a root, whose run is known to have come to its end. One that died between snapshot
    /// and notice may lack chunks.
    private boolean parentStands(On on) {
        return on.unread().isEmpty()
                || index.condemned().packs().isEmpty()
                        && lists.has(on.unread().get().name())
                        && isRoot(on.unread().get());
    }

    /// Whether a snapshot is still there, and no record takes it away. A record that cannot be read might.
    private boolean isRoot(Snapshot snapshot) {
        SnapshotLog now = log.refreshed(repository.withStore(settled), (_, _) -> {});
        return log.doubtful().containsAll(now.doubtful())
                && now.snapshots().stream().anyMatch(record -> record.name().equals(snapshot.name()));
    }

    /// Whether none of the packs is condemned or missing.
    private boolean stay(Set<ObjectName> these) {
        Set<ObjectName> condemned = index.condemned().packs();
        if (these.stream().anyMatch(condemned::contains)) {
            return false;
        }
        Set<ObjectName> missing = PackPresence.missing(settled, index, these);
        missing.forEach(index::missing);
        return missing.isEmpty();
    }

    private boolean walkHolds(TreeReference tree) {
        try {
            return eachChunkStays(tree);
        } catch (DamagedCacheException e) {
            index.abandonCache();
            return eachChunkStays(tree);
        }
    }

    /// Whether each chunk of the tree is in a pack that stays.
    private boolean eachChunkStays(TreeReference tree) {
        IndexTables tables = index.tables();
        ChunkMarks marks = new ChunkMarks(tables);
        AtomicBoolean lost = new AtomicBoolean();
        new TreeMarker(reader, marks, (_, _) -> lost.set(true), progress)
                .mark(List.of(tree), repository.settings().threads());
        while (!lost.get()) {
            IndexTables now = index.tables();
            marks.follow(now);
            Homes homes = new Homes(now, marks);
            if (homes.homeless) {
                return false;
            }
            Set<ObjectName> missing = PackPresence.missing(settled, index, homes.packs());
            if (missing.isEmpty()) {
                listed = Optional.empty();
                packs = homes.packs();
                return true;
            }
            missing.forEach(index::missing);
        }
        return false;
    }

    /// The first pack that stays of each marked chunk.
    private static final class Homes {
        private final IndexTables tables;
        private final ChunkMarks marks;
        private final BitSet packs = new BitSet();
        private ChunkId current = new ChunkId(0, 0, 0, 0);
        private boolean wanting;
        private boolean homeless;

        Homes(IndexTables tables, ChunkMarks marks) {
            this.tables = tables;
            this.marks = marks;
            tables.forEachChunk((row, id, block, _) -> chunk(row, id, block));
            homeless |= wanting;
        }

        private void chunk(long row, ChunkId id, int block) {
            if (!id.equals(current)) {
                homeless |= wanting;
                current = id;
                wanting = marks.has(row);
            }
            if (wanting) {
                int pack = tables.blockPack(block);
                if (tables.kept(pack)) {
                    packs.set(pack);
                    wanting = false;
                }
            }
        }

        Set<ObjectName> packs() {
            Set<ObjectName> names = new HashSet<>();
            packs.stream().forEach(row -> names.add(tables.pack(row).name()));
            return names;
        }
    }
}
