package obnam.engine.browse;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import obnam.engine.Entry;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Walks the pieces of a file in order, and holds one list node of each level. Refuses lists whose lengths do not
/// add up.
///
/// Not thread-safe.
public final class PieceCursor {

    private record Level(int level, Iterator<TreeNodes.ListChild> children) {}

    private final ChunkReader reader;
    private final long size;
    private final Deque<Level> above = new ArrayDeque<>();
    private Iterator<Entry.Piece> leaf = Collections.emptyIterator();
    private Entry.Piece piece = new Entry.Piece(0, Optional.empty());
    private long position;

    /// Stands before the first piece.
    public PieceCursor(ChunkReader reader, Entry.File file) {
        this.reader = reader;
        this.size = file.size();
        switch (file.content()) {
            case Entry.Inline inline -> leaf = inline.pieces().iterator();
            case Entry.ListReference list ->
                descend(list.level(), new TreeNodes.ListChild(size, list.id(), list.length()));
        }
    }

    /// Moves to the next piece.
    ///
    /// @return whether there is one
    public boolean next() {
        position += piece.length();
        while (!leaf.hasNext()) {
            while (!above.isEmpty() && !above.element().children().hasNext()) {
                above.remove();
            }
            if (above.isEmpty()) {
                piece = new Entry.Piece(0, Optional.empty());
                return false;
            }
            Level parent = above.element();
            descend(parent.level() - 1, parent.children().next());
        }
        piece = leaf.next();
        return true;
    }

    /// The piece it stands on.
    public Entry.Piece piece() {
        return piece;
    }

    /// Where in the file the piece begins.
    public long position() {
        return position;
    }

    private void descend(int level, TreeNodes.ListChild child) {
        ByteReader node = reader.readNode(ChunkRole.LIST, child.id(), child.length());
        TreeNodes.expectLevel(node, level);
        if (level > 0) {
            List<TreeNodes.ListChild> children = TreeNodes.listChildren(node);
            checkSum(
                    node, children.stream().mapToLong(TreeNodes.ListChild::span).iterator(), child.span());
            above.push(new Level(level, children.iterator()));
        } else {
            List<Entry.Piece> pieces = TreeNodes.pieces(node);
            checkSum(node, pieces.stream().mapToLong(Entry.Piece::length).iterator(), child.span());
            leaf = pieces.iterator();
        }
    }

    /// Subtracts, so that no sum can overflow.
    private static void checkSum(ByteReader node, Iterator<Long> lengths, long span) {
        long left = span;
        while (lengths.hasNext() && left >= 0) {
            left -= lengths.next();
        }
        if (left != 0) {
            throw node.damage("the pieces of a file do not add up to its size");
        }
    }
}
