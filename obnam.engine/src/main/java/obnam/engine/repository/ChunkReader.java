package obnam.engine.repository;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import obnam.api.ChunkId;
import obnam.api.MissingObjectException;
import obnam.api.ObnamException;
import obnam.engine.format.BlockReader;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.index.BlockLocation;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.ChunkLocation;

/// Reads chunks and checks each against its id. Keeps the blocks that were opened last, up to a bound in bytes; a
/// block that several threads want at once is opened by one of them. Thread-safe.
public final class ChunkReader implements AutoCloseable {

    private final RepositoryContext context;
    private final ChunkIndex index;
    private final long cacheLimit;
    private final Map<BlockLocation, FutureTask<byte[]>> cache = new LinkedHashMap<>(64, 0.75f, true);
    private final ConcurrentLinkedQueue<BlockReader> readers = new ConcurrentLinkedQueue<>();
    private long cached;
    private boolean refreshed;

    /// @param context the repository
    /// @param index where chunks are
    /// @param cacheLimit how many bytes of opened blocks to keep
    public ChunkReader(RepositoryContext context, ChunkIndex index, long cacheLimit) {
        this.context = context;
        this.index = index;
        this.cacheLimit = cacheLimit;
    }

    /// Where the index says a chunk is.
    ///
    /// @throws obnam.api.DamageException if no index names it, or with another role or length
    public ChunkLocation locate(ChunkRole role, ChunkId id, int length) {
        ChunkLocation location = index.find(id)
                .or(() -> findAgain(id))
                .orElseThrow(() -> ByteReader.damage("a chunk is in no index", "chunk " + id));
        if (location.role() != role || location.length() != length) {
            throw ByteReader.damage("a chunk is not what its reference says", "chunk " + id);
        }
        return location;
    }

    /// A listing may have missed an INDEX object that was being replaced: the index is read again, once.
    private Optional<ChunkLocation> findAgain(ChunkId id) {
        synchronized (index) {
            if (!refreshed) {
                refreshed = true;
                index.refresh();
            }
        }
        return index.find(id);
    }

    /// A chunk's plaintext, checked, as a range of a shared array that must not be changed.
    public ByteBuffer read(ChunkRole role, ChunkId id, int length) {
        ChunkLocation location = locate(role, id, length);
        try {
            return read(location, role, id, length);
        } catch (MissingObjectException e) {
            return readElsewhere(location, role, id, length, e);
        }
    }

    /// A pack that is gone may have been emptied into another since the index was read.
    private ByteBuffer readElsewhere(
            ChunkLocation gone, ChunkRole role, ChunkId id, int length, MissingObjectException cause) {
        if (index.missing(gone.block().pack())) {
            index.refresh();
        }
        ChunkLocation other = locate(role, id, length);
        if (other.block().equals(gone.block())) {
            throw cause;
        }
        return read(other, role, id, length);
    }

    private ByteBuffer read(ChunkLocation location, ChunkRole role, ChunkId id, int length) {
        byte[] block = block(location.block());
        if (location.offset() + length > block.length) {
            throw ByteReader.damage("a block is shorter than the index says", location.block());
        }
        ByteBuffer chunk = ByteBuffer.wrap(block, location.offset(), length);
        if (!context.hashers().of(role).hash(chunk).equals(id)) {
            throw ByteReader.damage("a chunk does not fit its id", "chunk " + id + " in " + location.block());
        }
        return chunk;
    }

    /// A reader over a node: a chunk of role tree or list.
    public ByteReader readNode(ChunkRole role, ChunkId id, int length) {
        ByteBuffer node = read(role, id, length);
        String subject = (role == ChunkRole.TREE ? "tree " : "list ") + id;
        return new ByteReader(node.array(), node.arrayOffset() + node.position(), length, subject);
    }

    private byte[] block(BlockLocation location) {
        FutureTask<byte[]> task;
        boolean mine = false;
        synchronized (cache) {
            task = cache.get(location);
            if (task == null) {
                task = new FutureTask<>(() -> open(location));
                cache.put(location, task);
                mine = true;
            }
        }
        if (mine) {
            task.run();
        }
        byte[] block = result(location, task);
        if (mine) {
            account(block.length);
        }
        return block;
    }

    private byte[] result(BlockLocation location, FutureTask<byte[]> task) {
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException e) {
            synchronized (cache) {
                cache.remove(location, task);
            }
            if (e.getCause() instanceof ObnamException known) {
                throw known;
            }
            throw new IllegalStateException("opening a block failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new obnam.api.InterruptedRunException("interrupted", "", "", e);
        }
    }

    private void account(int length) {
        synchronized (cache) {
            cached += length;
            var oldest = cache.entrySet().iterator();
            while (cached > cacheLimit && oldest.hasNext()) {
                FutureTask<byte[]> candidate = oldest.next().getValue();
                if (candidate.state() == java.util.concurrent.Future.State.SUCCESS) {
                    cached -= candidate.resultNow().length;
                    oldest.remove();
                }
            }
        }
    }

    private byte[] open(BlockLocation location) {
        byte[] frame = new byte[location.length()];
        context.store().getRange(location.pack(), location.offset(), frame.length, frame, 0);
        BlockReader pooled = readers.poll();
        BlockReader reader = pooled == null ? new BlockReader(context.frames()) : pooled;
        try {
            return reader.open(location.suite(), location.keyNumber(), frame, 0, frame.length, location);
        } finally {
            readers.add(reader);
        }
    }

    @Override
    public void close() {
        readers.forEach(BlockReader::close);
        readers.clear();
    }
}
