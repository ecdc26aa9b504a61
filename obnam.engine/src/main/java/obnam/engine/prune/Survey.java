package obnam.engine.prune;

import java.util.ArrayList;
import java.util.List;
import obnam.api.ChunkId;
import obnam.engine.index.ChunkMarks;
import obnam.engine.index.IndexTables;
import obnam.engine.index.PackInfo;

/// How much of each pack is used. Of a chunk that is in several packs one counts as used: that in the
/// largest of them. Takes one pass over the chunks of the index, and 12 bytes of memory for each block. For
/// one thread.
final class Survey {

    private final IndexTables tables;
    private final ChunkMarks marks;
    private final PackView view;
    private final double maxUnusedOfBlock;
    private final int[] live;
    private final int[] all;
    private final List<long[]> group = new ArrayList<>();
    private ChunkId current = new ChunkId(0, 0, 0, 0);

    /// A pack and how much of it is used.
    ///
    /// @param row its row
    /// @param info what the index says of it
    /// @param frames length of its blocks
    /// @param used how much of that is used
    /// @param gain how much shorter it would become if it were moved
    record Usage(int row, PackInfo info, long frames, long used, long gain) {

        long unused() {
            return frames - used;
        }

        /// Which part of it could be won, 0 to 1.
        double waste() {
            return frames == 0 ? 1 : (double) gain / frames;
        }
    }

    /// @param maxUnusedOfBlock up to which part of a block may be unused for it to be moved as it is
    Survey(IndexTables tables, ChunkMarks marks, PackView view, double maxUnusedOfBlock) {
        this.maxUnusedOfBlock = maxUnusedOfBlock;
        this.tables = tables;
        this.marks = marks;
        this.view = view;
        this.live = new int[tables.blocks()];
        this.all = new int[tables.blocks()];
    }

    /// The packs that stay until now.
    List<Usage> usages() {
        tables.forEachChunk(this::chunk);
        endGroup();
        long[] frames = new long[tables.packs()];
        long[] used = new long[tables.packs()];
        long[] gain = new long[tables.packs()];
        for (int block = 0; block < all.length; block++) {
            int pack = tables.blockPack(block);
            int length = tables.blockLength(block);
            frames[pack] += length;
            long usedOfBlock = all[block] == 0 ? 0 : Math.ceilDiv((long) length * live[block], all[block]);
            used[pack] += usedOfBlock;
            gain[pack] += length - usedOfBlock > length * maxUnusedOfBlock ? length - usedOfBlock : 0;
        }
        List<Usage> usages = new ArrayList<>();
        for (int pack = 0; pack < frames.length; pack++) {
            if (view.stays(pack) && view.first(pack)) {
                usages.add(new Usage(pack, tables.pack(pack), frames[pack], used[pack], gain[pack]));
            }
        }
        return usages;
    }

    private void chunk(long row, ChunkId id, int block, int length) {
        if (!id.equals(current)) {
            endGroup();
            current = id;
        }
        all[block] += length;
        int pack = tables.blockPack(block);
        if (marks.has(row) && view.stays(pack) && view.first(pack)) {
            group.add(new long[] {block, length, pack});
        }
    }

    private void endGroup() {
        long[] home = {};
        int size = -1;
        for (long[] place : group) {
            int its = group.size() == 1 ? 0 : tables.pack((int) place[2]).size();
            if (its > size) {
                size = its;
                home = place;
            }
        }
        if (home.length > 0) {
            live[(int) home[0]] += (int) home[1];
        }
        group.clear();
    }
}
