package obnam.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.index.IndexTables;

/// Which packs of an index are there: a listing, taken after the index was read. Immutable.
final class PackView {

    private final IndexTables tables;
    private final BitSet present = new BitSet();
    private final BitSet duplicates = new BitSet();
    private final List<ObjectInfo> unknown = new ArrayList<>();
    private final List<ObjectInfo> strays = new ArrayList<>();

    private PackView(IndexTables tables) {
        this.tables = tables;
    }

    /// Lists the packs of a store.
    ///
    /// @param condemned packs that are to be deleted, whoever knows them
    static PackView list(ChunkStore store, IndexTables tables, Set<ObjectName> condemned) {
        PackView view = new PackView(tables);
        store.list(ObjectKind.PACK, info -> view.see(info, condemned));
        return view;
    }

    private void see(ObjectInfo info, Set<ObjectName> condemned) {
        boolean[] known = {false};
        tables.rowsOf(info.name(), row -> {
            if (!tables.gone(row)) {
                if (tables.pack(row).size() == info.size()) {
                    present.set(row);
                    duplicates.set(row, known[0]);
                }
                known[0] = true;
            }
        });
        if (!known[0]) {
            (condemned.contains(info.name()) ? strays : unknown).add(info);
        }
    }

    /// Whether a row is of a pack that is there, as long as it should be.
    boolean present(int row) {
        return present.get(row);
    }

    /// Whether a row is the first of its pack: a pack that two INDEX objects name counts once.
    boolean first(int row) {
        return !duplicates.get(row);
    }

    /// Whether a row is of a pack that is there and that nobody is going to delete.
    boolean stays(int row) {
        return present.get(row) && tables.kept(row);
    }

    /// Packs that are in no index, nor condemned.
    List<ObjectInfo> unknown() {
        return unknown;
    }

    /// Packs that are condemned and in no index any more: emptied, and not deleted, or back after a crash.
    List<ObjectInfo> strays() {
        return strays;
    }

    /// Packs that an INDEX object names, that nobody condemned, and that were not listed.
    Set<ObjectName> unlisted() {
        Set<ObjectName> unlisted = new TreeSet<>();
        for (int row = 0; row < tables.packs(); row++) {
            if (!present.get(row) && !tables.gone(row)) {
                unlisted.add(tables.pack(row).name());
            }
        }
        unlisted.removeIf(pack -> {
            boolean[] listed = {tables.condemned().packs().contains(pack)};
            tables.rowsOf(pack, row -> listed[0] |= present.get(row));
            return listed[0];
        });
        return unlisted;
    }
}
