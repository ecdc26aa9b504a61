package obnam.engine.browse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.EntryCursor;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Finds single entries. Of each directory on the way it reads one node a level and one leaf, whatever its size.
public final class EntryFinder {

    private final ChunkReader reader;

    /// @param reader where chunks come from
    public EntryFinder(ChunkReader reader) {
        this.reader = reader;
    }

    /// An entry and the names of its owners.
    ///
    /// @param entry the entry
    /// @param user name of its owner, if it was known
    /// @param group name of its group, if it was known
    public record Found(Entry entry, Optional<String> user, Optional<String> group) {

        static Found of(Entry entry, TreeNodes.Owners owners) {
            return new Found(entry, name(owners.users(), entry.uid()), name(owners.groups(), entry.gid()));
        }

        private static Optional<String> name(Map<Long, byte[]> names, long id) {
            return Optional.ofNullable(names.get(id)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /// The entry that a path leads to.
    ///
    /// @param root the tree of `/`
    /// @param names the names of the path, one at least
    public Optional<Found> find(TreeReference root, List<byte[]> names) {
        TreeReference directory = root;
        for (int i = 0; i < names.size() - 1; i++) {
            Optional<Found> next = findIn(directory, names.get(i));
            if (next.isPresent() && next.get().entry().body() instanceof Entry.Directory(TreeReference tree)) {
                directory = tree;
            } else {
                return Optional.empty();
            }
        }
        return findIn(directory, names.getLast());
    }

    private Optional<Found> findIn(TreeReference directory, byte[] name) {
        TreeReference at = directory;
        while (at.level() > 0) {
            Optional<TreeReference> child = childFor(at, name);
            if (child.isEmpty()) {
                return Optional.empty();
            }
            at = child.get();
        }
        ByteReader leaf = reader.readNode(ChunkRole.TREE, at.id(), at.length());
        TreeNodes.expectLevel(leaf, 0);
        TreeNodes.Owners owners = TreeNodes.owners(leaf);
        EntryCursor cursor = new EntryCursor(leaf, new byte[0]);
        while (cursor.next()) {
            int order = Arrays.compareUnsigned(cursor.name(), name);
            if (order >= 0) {
                return order == 0 ? Optional.of(Found.of(cursor.entry(), owners)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// The last child whose first name is not behind the name.
    private Optional<TreeReference> childFor(TreeReference inner, byte[] name) {
        ByteReader node = reader.readNode(ChunkRole.TREE, inner.id(), inner.length());
        TreeNodes.expectLevel(node, inner.level());
        Optional<TreeReference> found = Optional.empty();
        for (TreeNodes.TreeChild child : TreeNodes.treeChildren(node)) {
            if (Arrays.compareUnsigned(child.firstName(), name) > 0) {
                break;
            }
            found = Optional.of(new TreeReference(inner.level() - 1, child.id(), child.length()));
        }
        return found;
    }
}
