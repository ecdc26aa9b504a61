package obnam.engine.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import obnam.api.ChunkId;
import obnam.api.ObjectName;

/// What INDEX objects say of packs that somebody is going to delete, and of notices that outlive their owners.
///
/// @param sets the condemned sets, by the INDEX object that states each
/// @param packs all packs of all sets
/// @param outlived how many prunes a notice was there through
/// @param unprotected roots of trees whose notices were dropped
/// @param ofNotices the INDEX objects that say these two things
public record Condemned(
        Map<ObjectName, List<ObjectName>> sets,
        Set<ObjectName> packs,
        Map<ObjectName, Integer> outlived,
        Set<ChunkId> unprotected,
        Set<ObjectName> ofNotices) {

    static final Condemned NONE = new Condemned(Map.of(), Set.of(), Map.of(), Set.of(), Set.of());

    /// @throws DamagedCacheException if a segment is damaged
    static Condemned of(List<LiveSegment> segments) {
        Map<ObjectName, List<ObjectName>> sets = new TreeMap<>();
        Map<ObjectName, Integer> outlived = new TreeMap<>();
        Set<ChunkId> unprotected = new TreeSet<>();
        Set<ObjectName> ofNotices = new HashSet<>();
        for (LiveSegment live : segments) {
            if (live.segment().layout().remarks() > 0) {
                List<ObjectName> names = live.segment().names();
                live.segment().forEachRemark((remark, source) -> {
                    if (!live.goneSources().get(source)) {
                        ObjectName index = names.get(source);
                        switch (remark.type()) {
                            case CONDEMNED ->
                                sets.computeIfAbsent(index, _ -> new ArrayList<>())
                                        .add(remark.subject());
                            case OUTLIVED -> {
                                outlived.merge(remark.subject(), remark.number(), Math::max);
                                ofNotices.add(index);
                            }
                            case UNPROTECTED -> {
                                byte[] id =
                                        HexFormat.of().parseHex(remark.subject().hex());
                                unprotected.add(ChunkId.from(id, 0));
                                ofNotices.add(index);
                            }
                        }
                    }
                });
            }
        }
        Set<ObjectName> packs = new HashSet<>();
        sets.values().forEach(packs::addAll);
        return new Condemned(sets, packs, outlived, unprotected, ofNotices);
    }
}
