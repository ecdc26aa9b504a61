package obnam.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.engine.Entry;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.EntryEncoder;

/// Makes the content of a file of its pieces, as they come in order; section 6.4 of the format. Holds one node for
/// each level, however long the file is.
///
/// Not thread-safe; a [NodeSink] comes with each call, so that different threads can take turns.
final class ListWriter {

    private static final int INLINE = 4;
    private static final int LONGEST_NODE = 4096;
    private static final long CUT_MASK = (1 << 9) - 1;

    private final List<Entry.Piece> inline = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private long size;

    /// The node of one level that is being filled.
    private static final class Level {
        private final ByteWriter node = new ByteWriter(1024);
        private int items;
        private long span;
    }

    /// Appends a piece.
    void add(Entry.Piece piece, NodeSink sink) {
        size += piece.length();
        if (levels.isEmpty() && inline.size() < INLINE) {
            inline.add(piece);
            return;
        }
        if (levels.isEmpty()) {
            inline.forEach(first -> addToLeaf(first, sink));
            inline.clear();
        }
        addToLeaf(piece, sink);
    }

    /// Sum of the lengths so far.
    long size() {
        return size;
    }

    private void addToLeaf(Entry.Piece piece, NodeSink sink) {
        Level leaf = level(0);
        EntryEncoder.piece(leaf.node, piece);
        append(0, piece.length(), piece.chunk(), sink);
    }

    private Level level(int number) {
        if (number == levels.size()) {
            Level level = new Level();
            level.node.u8(number);
            levels.add(level);
        }
        return levels.get(number);
    }

    private void append(int number, long span, Optional<ChunkId> id, NodeSink sink) {
        Level level = levels.get(number);
        level.items++;
        level.span += span;
        boolean cut = id.isPresent() && (id.get().fourth() & CUT_MASK) == 0;
        if (cut && level.items > 1 || level.items == LONGEST_NODE) {
            close(number, sink);
        }
    }

    /// Stores the node of a level and enters it in the level above.
    private void close(int number, NodeSink sink) {
        Level level = levels.get(number);
        ChunkId id = sink.list(level.node);
        Level above = level(number + 1);
        above.node.varint(level.span).id(id).varint(level.node.length());
        long span = level.span;
        level.node.clear().u8(number);
        level.items = 0;
        level.span = 0;
        append(number + 1, span, Optional.of(id), sink);
    }

    /// Ends the file.
    Entry.Content finish(NodeSink sink) {
        if (levels.isEmpty()) {
            return new Entry.Inline(List.copyOf(inline));
        }
        for (int number = 0; ; number++) {
            Level level = levels.get(number);
            boolean top = number == levels.size() - 1;
            if (top && level.items == 1 && number > 0) {
                // a single child needs no node above it; its reference is what stands in this node
                var only = obnam.engine.format.TreeNodes.listChildren(nodeReader(level))
                        .getFirst();
                return new Entry.ListReference(number - 1, only.id(), only.length());
            }
            if (top) {
                return new Entry.ListReference(number, sink.list(level.node), level.node.length());
            }
            if (level.items > 0) {
                close(number, sink);
            }
        }
    }

    private static obnam.engine.format.ByteReader nodeReader(Level level) {
        var reader = new obnam.engine.format.ByteReader(level.node.buffer(), 0, level.node.length(), "new list");
        reader.u8();
        return reader;
    }
}
