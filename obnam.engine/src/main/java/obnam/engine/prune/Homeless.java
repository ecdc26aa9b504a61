package obnam.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import obnam.api.ChunkId;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkMarks;
import obnam.engine.index.IndexTables;

/// The chunks that roots reach and that are in no pack that stays. For one thread.
final class Homeless {

    private final IndexTables tables;
    private final PackView view;
    private final BitSet rows = new BitSet();
    private final BitSet packs = new BitSet();
    private final List<ChunkId> nowhere = new ArrayList<>();
    private final List<long[]> group = new ArrayList<>();
    private ChunkId current = new ChunkId(0, 0, 0, 0);

    /// Finds them, in one pass over the index.
    ///
    /// @param view the packs that are there, listed after the index was read
    Homeless(IndexTables tables, ChunkMarks marks, PackView view) {
        this.tables = tables;
        this.view = view;
        tables.forEachChunk((row, id, block, _) -> {
            if (!id.equals(current)) {
                endGroup();
                current = id;
            }
            if (marks.has(row)) {
                group.add(new long[] {row, tables.blockPack(block)});
            }
        });
        endGroup();
    }

    private void endGroup() {
        boolean home = group.isEmpty();
        boolean source = false;
        for (long[] place : group) {
            home |= view.stays((int) place[1]);
            source |= view.present((int) place[1]);
        }
        if (!home) {
            if (!source) {
                nowhere.add(current);
            }
            for (long[] place : group) {
                rows.set(Math.toIntExact(place[0]));
                packs.set((int) place[1], view.present((int) place[1]));
            }
        }
        group.clear();
    }

    IndexTables tables() {
        return tables;
    }

    /// Those that are in no pack that is there.
    List<ChunkId> nowhere() {
        return nowhere;
    }

    /// The packs that have something of which no pack that stays has it.
    BitSet packs() {
        return packs;
    }

    /// The packs that are condemned and there, each once.
    List<Integer> condemned() {
        List<Integer> found = new ArrayList<>();
        for (ObjectName pack : tables.condemned().packs()) {
            int[] first = {-1};
            tables.rowsOf(pack, row -> {
                if (first[0] < 0 && view.present(row)) {
                    first[0] = row;
                }
            });
            if (first[0] >= 0) {
                found.add(first[0]);
            }
        }
        found.sort(java.util.Comparator.naturalOrder());
        return found;
    }

    /// Whether a chunk is one of them and was not removed yet.
    boolean has(ChunkId chunk) {
        boolean[] any = {false};
        var _ = tables.rowsOf(chunk, row -> any[0] |= rows.get((int) row));
        return any[0];
    }

    /// Takes note that a chunk gets a home.
    void remove(ChunkId chunk) {
        var _ = tables.rowsOf(chunk, row -> rows.clear((int) row));
    }
}
