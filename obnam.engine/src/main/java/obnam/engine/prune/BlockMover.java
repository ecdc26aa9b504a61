package obnam.engine.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import obnam.api.ChunkId;
import obnam.engine.Compression;
import obnam.engine.format.BlockReader;
import obnam.engine.format.BlockWriter;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.repository.RepositoryContext;

/// Moves what is needed of packs into new ones. Blocks of which most is needed move as they are, without being
/// opened. The needed chunks of the others, and of small blocks, are put together in new blocks. For one
/// thread.
final class BlockMover implements AutoCloseable {

    private static final int BLOCK_TARGET = 1 << 20;
    /// Blocks with no more plaintext than this are joined with others.
    private static final int SMALL_BLOCK = 128 << 10;

    private final RepositoryContext repository;
    private final double maxUnusedOfBlock;
    private final Predicate<ChunkId> needed;
    private final Output output;
    private final Tally tally;
    private final BlockReader reader;
    private final BlockWriter writer;
    private PackDraft draft;
    private byte[] plain = new byte[BLOCK_TARGET];
    private int plainLength;
    private List<PackDraft.Chunk> chunks = new ArrayList<>();

    /// Where packs go.
    interface Output {
        /// Takes a pack that is full, or the last one; not empty.
        void finished(PackDraft draft);

        /// Is told that a chunk is going to be in a draft.
        void taken(ChunkId chunk);
    }

    /// @param maxUnusedOfBlock up to which part of a block may be unused for it to be moved as it is
    /// @param needed whether a chunk has to be moved; asked again after [Output#taken]
    BlockMover(
            RepositoryContext repository,
            PackType type,
            double maxUnusedOfBlock,
            Predicate<ChunkId> needed,
            Output output,
            Tally tally) {
        this.repository = repository;
        this.maxUnusedOfBlock = maxUnusedOfBlock;
        this.needed = needed;
        this.output = output;
        this.tally = tally;
        this.reader = new BlockReader(repository.frames());
        this.writer = new BlockWriter(repository.frames(), Compression.DEFAULT, false);
        this.draft = new PackDraft(repository.frames(), type);
    }

    /// Moves what is needed of a pack.
    ///
    /// @throws obnam.api.MissingObjectException if it is gone
    void move(IndexObject.PackEntry pack) {
        for (PackDraft.Block block : MoveCheck.blocks(pack.rows())) {
            Map<ChunkId, PackDraft.Chunk> wanted = new HashMap<>();
            for (PackDraft.Chunk chunk : block.chunks()) {
                if (needed.test(chunk.id())) {
                    wanted.put(chunk.id(), chunk);
                }
            }
            if (!wanted.isEmpty()) {
                tally.movedBytes += block.length();
                wanted.keySet().forEach(output::taken);
                long wholeLength = length(block.chunks());
                long unused = wholeLength - length(wanted.values());
                if (wholeLength > SMALL_BLOCK && unused <= wholeLength * maxUnusedOfBlock) {
                    moveWhole(pack, block);
                } else {
                    rewrite(pack, block, wanted.keySet());
                }
            }
        }
    }

    private static long length(Collection<PackDraft.Chunk> of) {
        return of.stream().mapToLong(PackDraft.Chunk::length).sum();
    }

    private void moveWhole(IndexObject.PackEntry pack, PackDraft.Block block) {
        makeRoom(block.length(), block.chunks().size());
        draft.move(pack.name(), block);
    }

    private void makeRoom(int frameLength, int count) {
        if (draft.isFullFor(frameLength, count)) {
            PackDraft full = draft;
            draft = new PackDraft(repository.frames(), full.type());
            output.finished(full);
        }
    }

    /// @param wanted the chunks to take; emptied
    private void rewrite(IndexObject.PackEntry pack, PackDraft.Block block, Set<ChunkId> wanted) {
        tally.rewrittenBytes += block.length();
        byte[] frame = new byte[block.length()];
        repository.store().getRange(pack.name(), block.offset(), frame.length, frame, 0);
        byte[] opened = reader.open(block.suite(), block.keyNumber(), frame, 0, frame.length, pack.name());
        int offset = 0;
        for (PackDraft.Chunk chunk : block.chunks()) {
            if (wanted.remove(chunk.id())) {
                MoveCheck.verify(repository, chunk, opened, offset, pack);
                append(chunk, opened, offset);
            }
            offset += chunk.length();
        }
    }

    private void append(PackDraft.Chunk chunk, byte[] from, int offset) {
        if (plainLength + chunk.length() > BLOCK_TARGET) {
            seal();
        }
        if (plainLength + chunk.length() > plain.length) {
            plain = Arrays.copyOf(plain, plainLength + chunk.length());
        }
        System.arraycopy(from, offset, plain, plainLength, chunk.length());
        plainLength += chunk.length();
        chunks.add(chunk);
    }

    private void seal() {
        if (!chunks.isEmpty()) {
            byte[] frame = new byte[BlockWriter.longestFrame(plainLength)];
            int length = writer.write(plain, plainLength, frame, 0);
            List<PackDraft.Chunk> sealed = chunks;
            chunks = new ArrayList<>();
            plainLength = 0;
            makeRoom(length, sealed.size());
            draft.add(
                    Arrays.copyOf(frame, length),
                    new PackDraft.Block(
                            repository.frames().suite(), repository.frames().keyNumber(), 0, length, sealed));
        }
    }

    /// Hands on what is left.
    void finish() {
        seal();
        if (!draft.isEmpty()) {
            PackDraft last = draft;
            draft = new PackDraft(repository.frames(), last.type());
            output.finished(last);
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
