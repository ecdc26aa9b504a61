package obnam.engine.browse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import obnam.api.ObnamException;
import obnam.api.UsageException;
import obnam.engine.Entry;
import obnam.engine.EntryVisitor;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;
import obnam.posix.FileNames;

/// Lists what a snapshot holds. Streams: memory does not grow with the number of entries.
public final class TreeLister {

    private final ChunkReader reader;

    /// @param reader where chunks come from
    public TreeLister(ChunkReader reader) {
        this.reader = reader;
    }

    /// Tells of the entries of a directory, in the order of their names as unsigned bytes, each directory before
    /// what is
    /// in it; of anything but a directory, of itself.
    ///
    /// @param path absolute; empty or `/` for the root
    /// @param recursive whether to go into the directories found
    /// @throws UsageException if there is no such path in the snapshot
    /// @throws obnam.api.DamageException if something cannot be read; what comes behind it is not told
    public void list(Snapshot snapshot, byte[] path, boolean recursive, EntryVisitor visitor) {
        List<byte[]> names = SnapshotPath.names(path);
        byte[] canonical = SnapshotPath.of(names);
        TreeReference tree = snapshot.tree();
        if (!names.isEmpty()) {
            EntryFinder.Found found = require(snapshot, names);
            if (!(found.entry().body() instanceof Entry.Directory(TreeReference below))) {
                visitor.entry(canonical, found.entry(), found.user(), found.group());
                return;
            }
            tree = below;
        }
        new TreeWalk(reader, new Listing(canonical, recursive, visitor)).walk(tree);
    }

    /// The entry that a path leads to. The root has no entry.
    ///
    /// @param path absolute
    public Optional<Entry> find(Snapshot snapshot, byte[] path) {
        List<byte[]> names = SnapshotPath.names(path);
        return names.isEmpty()
                ? Optional.empty()
                : new EntryFinder(reader).find(snapshot.tree(), names).map(EntryFinder.Found::entry);
    }

    private EntryFinder.Found require(Snapshot snapshot, List<byte[]> names) {
        return new EntryFinder(reader)
                .find(snapshot.tree(), names)
                .orElseThrow(() -> missing(snapshot, SnapshotPath.of(names)));
    }

    /// The error for a path that a snapshot does not have.
    public static UsageException missing(Snapshot snapshot, byte[] path) {
        return new UsageException(
                "the snapshot of " + snapshot.time() + " has no such path",
                FileNames.display(path),
                "List what it has with 'obnam ls'");
    }

    private static final class Listing implements TreeWalk.Visitor {
        private final Deque<byte[]> paths = new ArrayDeque<>();
        private final boolean recursive;
        private final EntryVisitor visitor;

        Listing(byte[] path, boolean recursive, EntryVisitor visitor) {
            paths.push(path);
            this.recursive = recursive;
            this.visitor = visitor;
        }

        @Override
        public boolean enter(Entry directory, TreeNodes.Owners owners) {
            entry(directory, owners);
            if (recursive) {
                paths.push(SnapshotPath.child(paths.element(), directory.name()));
            }
            return recursive;
        }

        @Override
        public void leave() {
            paths.remove();
        }

        @Override
        public void entry(Entry entry, TreeNodes.Owners owners) {
            EntryFinder.Found found = EntryFinder.Found.of(entry, owners);
            visitor.entry(SnapshotPath.child(paths.element(), entry.name()), entry, found.user(), found.group());
        }

        @Override
        public void damaged(ObnamException damage) {
            throw damage;
        }
    }
}
