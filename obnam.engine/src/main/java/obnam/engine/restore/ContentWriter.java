package obnam.engine.restore;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.api.Hasher;
import obnam.engine.Entry;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.repository.ChunkReader;

/// Writes the pieces of files. Chunks that lie one behind the other in a block, as those of one file mostly do, go
/// into one write, straight from the opened block.
///
/// To be used by one thread at a time.
final class ContentWriter {

    private static final byte[] NONE = {};
    private static final int LEAST_BUFFER = 256 << 10;

    private final ChunkReader chunks;
    private final Hasher hasher;
    private final Tally tally;
    private final Reports reports;
    private byte[] buffer = NONE;
    private byte[] block = NONE;
    private int begin;
    private int end;
    private long target;

    ContentWriter(ChunkReader chunks, Hasher hasher, Tally tally, Reports reports) {
        this.chunks = chunks;
        this.hasher = hasher;
        this.tally = tally;
        this.reports = reports;
    }

    /// Writes pieces that follow each other in the file.
    ///
    /// @param compare whether something is there already, of which only what differs is to be written
    void write(FileHandle file, long position, List<Entry.Piece> pieces, boolean compare) {
        long at = position;
        block = NONE;
        for (Entry.Piece piece : pieces) {
            reports.checkCancelled();
            Optional<ChunkId> chunk = piece.chunk();
            if (chunk.isEmpty()) {
                if (compare && !file.isHole(at, piece.length())) {
                    file.writer().punchHole(at, piece.length());
                }
            } else if (!compare || !holds(file, at, (int) piece.length(), chunk.get())) {
                append(file, at, chunks.read(ChunkRole.DATA, chunk.get(), (int) piece.length()));
            }
            tally.covered(piece.length());
            at += piece.length();
        }
        flush(file);
    }

    /// Reads pieces back.
    ///
    /// @throws obnam.api.DamageException if the file does not hold them
    void verify(FileHandle file, long position, List<Entry.Piece> pieces) {
        if (!holds(file, position, pieces)) {
            throw ByteReader.damage("the file does not read back as it was written", "from byte " + position + " on");
        }
    }

    /// Whether a file holds these pieces.
    boolean holds(FileHandle file, long position, List<Entry.Piece> pieces) {
        long at = position;
        for (Entry.Piece piece : pieces) {
            reports.checkCancelled();
            Optional<ChunkId> chunk = piece.chunk();
            boolean right = chunk.isPresent()
                    ? holds(file, at, (int) piece.length(), chunk.get())
                    : file.readsAsZeros(at, piece.length(), roomFor(1));
            if (!right) {
                return false;
            }
            at += piece.length();
        }
        return true;
    }

    private boolean holds(FileHandle file, long position, int length, ChunkId id) {
        return file.holds(position, length, id, hasher, roomFor(length));
    }

    private byte[] roomFor(int length) {
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, LEAST_BUFFER)];
        }
        return buffer;
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not one with equal content
    private void append(FileHandle file, long position, ByteBuffer chunk) {
        int from = chunk.arrayOffset() + chunk.position();
        boolean follows = chunk.array() == block && from == end && position == target + (end - begin);
        if (!follows) {
            flush(file);
            block = chunk.array();
            begin = from;
            target = position;
        }
        end = from + chunk.remaining();
    }

    @SuppressWarnings("ReferenceEquality") // NONE is a mark
    private void flush(FileHandle file) {
        if (block != NONE) {
            file.writer().write(target, block, begin, end - begin);
            tally.written(end - begin);
            block = NONE;
        }
    }
}
