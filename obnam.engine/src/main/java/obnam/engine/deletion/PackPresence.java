package obnam.engine.deletion;

import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.IndexTables;

/// Asks a store whether packs are there, as long as the index says.
public final class PackPresence {

    /// Up to so many packs are asked for one by one; more are looked for in a listing of all.
    private static final int FEW = 64;

    private PackPresence() {}

    /// Those of the packs that are not there, or not as long as they should be. Must be asked after
    /// condemned sets were read.
    public static Set<ObjectName> missing(ChunkStore store, ChunkIndex index, Collection<ObjectName> packs) {
        IndexTables tables = index.tables();
        Set<ObjectName> missing = new HashSet<>(packs);
        if (packs.size() <= FEW) {
            missing.removeIf(pack -> {
                OptionalLong size = store.size(pack);
                return size.isPresent() && hasSize(tables, pack, size.getAsLong());
            });
        } else {
            store.list(ObjectKind.PACK, info -> {
                if (missing.contains(info.name()) && hasSize(tables, info.name(), info.size())) {
                    missing.remove(info.name());
                }
            });
        }
        return missing;
    }

    private static boolean hasSize(IndexTables tables, ObjectName pack, long size) {
        boolean[] fits = {false};
        tables.rowsOf(
                pack, row -> fits[0] |= !tables.gone(row) && tables.pack(row).size() == size);
        return fits[0];
    }
}
