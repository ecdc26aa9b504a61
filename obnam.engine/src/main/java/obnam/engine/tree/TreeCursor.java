package obnam.engine.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.EntryCursor;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Walks the entries of one directory of a snapshot in order, leaf by leaf, and holds one leaf and the nodes above
/// it.
///
/// Not thread-safe.
public final class TreeCursor {

    private static final byte[] NONE = {};

    private record Level(int level, Iterator<TreeNodes.TreeChild> children) {}

    private final ChunkReader reader;
    private final Deque<Level> above = new ArrayDeque<>();
    private TreeNodes.Owners owners = TreeNodes.Owners.NONE;
    private Optional<byte[]> expectedFirst = Optional.empty();
    private EntryCursor leaf;

    /// Stands before the first entry.
    public TreeCursor(ChunkReader reader, TreeReference tree) {
        this.reader = reader;
        this.leaf = descend(tree, NONE);
    }

    /// Moves to the next entry.
    ///
    /// @return whether there is one
    public boolean next() {
        while (!leaf.next()) {
            verifyFirst(NONE);
            byte[] last = leaf.name();
            while (!above.isEmpty() && !above.peek().children().hasNext()) {
                above.pop();
            }
            if (above.isEmpty()) {
                return false;
            }
            leaf = child(above.peek(), last);
        }
        verifyFirst(leaf.name());
        return true;
    }

    /// Refuses a node whose first name is not the one that stands in the node above; an empty node has none.
    private void verifyFirst(byte[] name) {
        if (expectedFirst.isPresent() && !Arrays.equals(expectedFirst.get(), name)) {
            throw ByteReader.damage("a node does not begin with the name that the node above gives", "tree");
        }
        expectedFirst = Optional.empty();
    }

    /// The entry it stands on; valid until [#next].
    public EntryCursor entry() {
        return leaf;
    }

    /// The names of owners that stand in the current leaf.
    public TreeNodes.Owners owners() {
        return owners;
    }

    private EntryCursor child(Level parent, byte[] lastName) {
        TreeNodes.TreeChild child = parent.children().next();
        TreeReference reference = new TreeReference(parent.level() - 1, child.id(), child.length());
        verifyFirst(child.firstName());
        expectedFirst = Optional.of(child.firstName());
        return descend(reference, lastName);
    }

    private EntryCursor descend(TreeReference tree, byte[] lastName) {
        ByteReader node = reader.readNode(ChunkRole.TREE, tree.id(), tree.length());
        TreeNodes.expectLevel(node, tree.level());
        if (tree.level() > 0) {
            List<TreeNodes.TreeChild> children = TreeNodes.treeChildren(node);
            if (children.isEmpty()) {
                throw node.damage("an inner node has no children");
            }
            above.push(new Level(tree.level(), children.iterator()));
            return child(above.peek(), lastName);
        }
        owners = TreeNodes.owners(node);
        return new EntryCursor(node, lastName);
    }
}
