package obnam.engine.check;

import java.util.HashMap;
import java.util.Map;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.index.BlockLocation;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;

/// Finds what of one snapshot cannot be restored any more.
public final class SnapshotLosses {

    private static final int CACHE_BYTES = 32 << 20;

    private final RepositoryContext context;
    private final ChunkIndex index;
    private final boolean readData;
    private final Map<ObjectName, Long> packs = new HashMap<>();

    /// @param context the repository
    /// @param index where chunks are
    /// @param readData whether to read every chunk, and not only to see that its pack is there and long enough
    public SnapshotLosses(RepositoryContext context, ChunkIndex index, boolean readData) {
        this.context = context;
        this.index = index;
        this.readData = readData;
    }

    /// Looks through a snapshot.
    ///
    /// @param progress is told of each file and directory that cannot be restored whole
    /// @return their number
    public long find(Snapshot snapshot, Progress progress) {
        Findings findings = new Findings(progress);
        context.store().list(ObjectKind.PACK, info -> packs.put(info.name(), info.size()));
        try (ChunkReader chunks = new ChunkReader(context, index, CACHE_BYTES)) {
            TreeCheck.ChunkTest test = (id, length) -> test(chunks, id, length);
            new TreeCheck(chunks, test, findings, progress).check(snapshot);
        }
        return findings.count();
    }

    private void test(ChunkReader chunks, ChunkId id, int length) {
        BlockLocation block = chunks.locate(ChunkRole.DATA, id, length).block();
        Long size = packs.get(block.pack());
        if (size == null) {
            throw ByteReader.damage("a pack is missing", block.pack());
        }
        if (size < block.offset() + (long) block.length()) {
            throw ByteReader.damage("a pack is too short", block.pack());
        }
        if (readData) {
            chunks.read(ChunkRole.DATA, id, length);
        }
    }
}
