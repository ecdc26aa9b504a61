package obnam.engine.backup;

import java.util.List;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.engine.Entry;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Looks whether the repository has all chunks of a file, those of its list among them.
final class StoredContent {

    private final KnownChunks known;
    private final ChunkReader reader;

    StoredContent(KnownChunks known, ChunkReader reader) {
        this.known = known;
        this.reader = reader;
    }

    /// Whether all chunks are there; a list that cannot be read is not.
    boolean has(Entry.Content content) {
        try {
            return switch (content) {
                case Entry.Inline inline -> hasPieces(inline.pieces());
                case Entry.ListReference list -> hasList(list.level(), list.id(), list.length());
            };
        } catch (DamageException | MissingObjectException _) {
            return false;
        }
    }

    private boolean hasPieces(List<Entry.Piece> pieces) {
        for (Entry.Piece piece : pieces) {
            Optional<ChunkId> chunk = piece.chunk();
            if (chunk.isPresent() && !known.has(chunk.get())) {
                return false;
            }
        }
        return true;
    }

    private boolean hasList(int level, ChunkId id, int length) {
        if (!known.has(id)) {
            return false;
        }
        ByteReader node = reader.readNode(ChunkRole.LIST, id, length);
        TreeNodes.expectLevel(node, level);
        if (level == 0) {
            return hasPieces(TreeNodes.pieces(node));
        }
        for (TreeNodes.ListChild child : TreeNodes.listChildren(node)) {
            if (!hasList(level - 1, child.id(), child.length())) {
                return false;
            }
        }
        return true;
    }
}
