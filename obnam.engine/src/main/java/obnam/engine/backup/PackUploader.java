package obnam.engine.backup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Progress;
import obnam.engine.deletion.RunNotices;
import obnam.engine.format.BlockRows;
import obnam.engine.format.BlockWriter;
import obnam.engine.format.Frames;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.format.SealedObject;
import obnam.engine.format.Sizes;

/// Names finished packs, puts them into the store beside the other work, and publishes the indexes that name them.
/// A pack is
/// named by an index only after it is durable.
///
/// The number of pack buffers bounds both memory and the packs under way: who fills packs faster than the store
/// takes them waits in [#buffer].
final class PackUploader implements AutoCloseable {

    private static final int UPLOADS = 2;
    private static final int PACKS_AN_INDEX = 64;
    private static final int INDEX_TARGET = 4 << 20;
    /// The longest pack: a single chunk of the greatest size that does not compress, alone in its pack.
    private static final int LONGEST =
            Math.max(Sizes.PACK_TARGET, BlockWriter.longestFrame(obnam.api.ChunkSizes.LARGEST)) + (1 << 20);

    private final ChunkStore store;
    private final Frames frames;
    private final KnownChunks known;
    private final RunNotices notices;
    private final RunState state;
    private final Totals totals;
    private final Progress progress;
    private final BlockingQueue<byte[]> buffers = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            UPLOADS, task -> Thread.ofPlatform().name("pack upload").daemon().unstarted(task));
    private final List<IndexObject.PackEntry> unindexed = new ArrayList<>();
    private int unindexedLength;

    /// @param packs the number of pack buffers; 2 or greater, since one of each type is filled at once
    PackUploader(
            ChunkStore store,
            Frames frames,
            KnownChunks known,
            RunNotices notices,
            RunState state,
            Totals totals,
            Progress progress,
            int packs) {
        this.store = store;
        this.frames = frames;
        this.known = known;
        this.notices = notices;
        this.state = state;
        this.totals = totals;
        this.progress = progress;
        for (int i = 0; i < packs; i++) {
            buffers.add(new byte[0]);
        }
    }

    /// A buffer for a pack; waits until one is free.
    byte[] buffer() {
        try {
            byte[] buffer;
            do {
                state.check();
                buffer = buffers.poll(100, TimeUnit.MILLISECONDS);
            } while (buffer == null);
            return buffer.length == 0 ? new byte[LONGEST] : buffer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new obnam.api.InterruptedRunException("interrupted", "", "", e);
        }
    }

    /// Takes a finished pack in a buffer that [#buffer] gave.
    void upload(byte[] pack, int length, PackType type, BlockRows rows) {
        threads.execute(() -> state.guard(() -> {
            ObjectName name = SealedObject.name(ObjectKind.PACK, pack, length);
            notices.storing(name, length);
            store.put(name, ByteBuffer.wrap(pack, 0, length));
            count(length);
            buffers.add(pack);
            index(new IndexObject.PackEntry(name, length, type, rows));
        }));
    }

    private void count(int length) {
        totals.storedBytes.add(length);
        progress.bytesStored.add(length);
    }

    private synchronized void index(IndexObject.PackEntry pack) {
        unindexed.add(pack);
        unindexedLength += IndexObject.lengthOf(pack.rows());
        if (unindexed.size() >= PACKS_AN_INDEX || unindexedLength >= INDEX_TARGET || notices.due()) {
            publishIndex();
            notices.checkpoint();
        }
    }

    private void publishIndex() {
        if (!unindexed.isEmpty()) {
            store.barrier();
            byte[] bytes = IndexObject.encode(frames, unindexed);
            ObjectName name = SealedObject.name(ObjectKind.INDEX, bytes, bytes.length);
            store.put(name, ByteBuffer.wrap(bytes));
            count(bytes.length);
            known.indexed(name, bytes);
            unindexed.clear();
            unindexedLength = 0;
        }
    }

    /// Waits for all packs, and publishes what is not yet in an index.
    void finish() {
        threads.shutdown();
        try {
            while (!threads.awaitTermination(100, TimeUnit.MILLISECONDS)) {
                state.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new obnam.api.InterruptedRunException("interrupted", "", "", e);
        }
        state.check();
        synchronized (this) {
            publishIndex();
        }
    }

    /// Ends the uploads. Returns only when none is under way, so that nobody uses the store after the run.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
