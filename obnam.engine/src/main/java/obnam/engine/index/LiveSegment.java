package obnam.engine.index;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import obnam.api.ChunkId;
import obnam.api.ObjectName;

/// A segment, and what of it holds: INDEX objects come and go, segments never change.
///
/// A pack is *gone* if the INDEX object that names it is not listed any more; its rows are passed over, and
/// left out when the segment is next merged. It is *shunned* if it is condemned, or is known to be missing:
/// no new reliance is placed on it, but while no other pack has a chunk, a reader may still find it there.
///
/// Immutable, and thread-safe.
///
/// @param segment the segment
/// @param file its file; empty if it is in memory
/// @param goneSources which of its INDEX objects are not listed, by their numbers
/// @param gone which of its packs are gone, by their numbers
/// @param shunned which of its packs are shunned, by their numbers
record LiveSegment(IndexSegment segment, Optional<Path> file, BitSet goneSources, BitSet gone, BitSet shunned) {

    /// A segment all of which holds.
    static LiveSegment whole(IndexCache.Kept kept) {
        return new LiveSegment(kept.segment(), kept.file(), new BitSet(), new BitSet(), new BitSet());
    }

    /// The same segment under a new listing of INDEX objects.
    LiveSegment listed(Set<ObjectName> listed) {
        BitSet sources = new BitSet();
        List<ObjectName> names = segment.names();
        for (int i = 0; i < names.size(); i++) {
            sources.set(i, !listed.contains(names.get(i)));
        }
        BitSet packs = new BitSet();
        if (!sources.isEmpty()) {
            for (int i = 0; i < segment.layout().packs(); i++) {
                packs.set(i, sources.get(segment.packSource(i)));
            }
        }
        return new LiveSegment(segment, file, sources, packs, shunned);
    }

    /// The same segment with other packs to shun.
    LiveSegment shunning(Set<ObjectName> packs) {
        BitSet found = new BitSet();
        if (!packs.isEmpty()) {
            for (int i = 0; i < segment.layout().packs(); i++) {
                found.set(i, packs.contains(segment.pack(i).name()));
            }
        }
        return new LiveSegment(segment, file, goneSources, gone, found);
    }

    /// The INDEX objects it stands for that are listed.
    Set<ObjectName> names() {
        Set<ObjectName> present = new HashSet<>();
        List<ObjectName> names = segment.names();
        for (int i = 0; i < names.size(); i++) {
            if (!goneSources.get(i)) {
                present.add(names.get(i));
            }
        }
        return present;
    }

    /// Whether much of it is gone, so that it is worth the while to write it anew.
    boolean hollow() {
        int all = segment.layout().packs() + segment.layout().names();
        return (gone.cardinality() + goneSources.cardinality()) * 4 > all;
    }

    /// Tells of the packs that are not gone and may have one of the names.
    ///
    /// @param prefixes the first 8 bytes of names
    void forEachPack(Set<Long> prefixes, Consumer<PackInfo> visitor) {
        for (int i = 0; i < segment.layout().packs(); i++) {
            if (!gone.get(i) && prefixes.contains(segment.packPrefix(i))) {
                visitor.accept(segment.pack(i));
            }
        }
    }

    int chunks() {
        return segment.layout().chunks();
    }

    /// Where the chunk is, in a pack that is neither gone nor shunned.
    Optional<ChunkLocation> find(ChunkId id) {
        return location(row(id, false));
    }

    /// Where the chunk may still be, in a pack that is shunned.
    Optional<ChunkLocation> findShunned(ChunkId id) {
        return shunned.isEmpty() ? Optional.empty() : location(row(id, true));
    }

    private Optional<ChunkLocation> location(int row) {
        return row < 0 ? Optional.empty() : Optional.of(segment.location(segment.chunk(row)));
    }

    /// The pack that has the chunk and is neither gone nor shunned.
    Optional<ObjectName> pack(ChunkId id) {
        int row = row(id, false);
        return row < 0 ? Optional.empty() : Optional.of(segment.packName(segment.blockPack(segment.chunkBlock(row))));
    }

    /// The first row of the chunk in a pack that is not gone and is shunned or not, or -1.
    private int row(ChunkId id, boolean inShunned) {
        int row = segment.firstRow(id);
        if (row < 0 || gone.isEmpty() && shunned.isEmpty()) {
            return row;
        }
        while (segment.has(row, id)) {
            if (holds(segment.blockPack(segment.chunkBlock(row)), inShunned)) {
                return row;
            }
            row++;
        }
        return -1;
    }

    private boolean holds(int pack, boolean inShunned) {
        return !gone.get(pack) && shunned.get(pack) == inShunned;
    }
}
