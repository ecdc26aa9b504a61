package obnam.engine.deletion;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkIndex;

/// Asks a store whether packs are there, as long as the index says.
public final class PackPresence {

    /// Up to so many packs are asked for one by one; more are looked for in a listing of all.
    private static final int FEW = 64;

    private PackPresence() {}

    /// Those of the packs that are not there, or not as long as they should be. Must be asked after
    /// condemned sets were read.
    public static Set<ObjectName> missing(ChunkStore store, ChunkIndex index, Collection<ObjectName> packs) {
        Map<ObjectName, Integer> sizes = index.sizes(packs);
        Set<ObjectName> missing = new HashSet<>(packs);
        if (packs.size() <= FEW) {
            missing.removeIf(pack -> {
                OptionalLong size = store.size(pack);
                return size.isPresent() && size.getAsLong() == sizes.getOrDefault(pack, -1);
            });
        } else {
            store.list(ObjectKind.PACK, info -> {
                if (info.size() == sizes.getOrDefault(info.name(), -1)) {
                    missing.remove(info.name());
                }
            });
        }
        return missing;
    }
}
