package obnam.engine.restore;

import java.util.ArrayList;
import java.util.List;
import obnam.engine.Entry;
import obnam.engine.browse.PieceCursor;
import obnam.engine.repository.ChunkReader;

/// Cuts a file into parts that are large enough to be worth a hand-over and small enough to be held in memory.
///
/// Not thread-safe.
final class PartCursor {

    private static final long DATA = 8 << 20;
    private static final int PIECES = 4096;

    private final PieceCursor cursor;
    private List<Entry.Piece> pieces = List.of();
    private long position;
    private long end;

    /// Stands before the first part.
    PartCursor(ChunkReader chunks, Entry.File file) {
        this.cursor = new PieceCursor(chunks, file);
    }

    /// Moves to the next part.
    ///
    /// @return whether there is one
    boolean next() {
        List<Entry.Piece> next = new ArrayList<>();
        long data = 0;
        position = end;
        while (data < DATA && next.size() < PIECES && cursor.next()) {
            Entry.Piece piece = cursor.piece();
            next.add(piece);
            end += piece.length();
            data += piece.chunk().isPresent() ? piece.length() : 0;
        }
        pieces = next;
        return !pieces.isEmpty();
    }

    /// Where in the file the part begins.
    long position() {
        return position;
    }

    /// What it consists of; not changed any more.
    List<Entry.Piece> pieces() {
        return pieces;
    }
}
