package obnam.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import obnam.api.ChunkId;
import obnam.api.ChunkStore;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.Frames;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;

/// Which chunks the repository has, and where: all that its INDEX objects say, in memory.
///
/// An open-addressing table over primitive arrays: 48 bytes a slot, at most two thirds full. The ids are results of
/// a keyed hash, so their first bytes serve as hash and nobody without the keys can make them collide.
///
/// Immutable once loaded, and then safe for any number of threads.
public final class ChunkIndex {

    private static final int LONGS = 4;

    private final List<BlockLocation> blocks = new ArrayList<>();
    private final List<PackInfo> packs = new ArrayList<>();
    private final Set<ObjectName> known = new HashSet<>();
    private long[] ids = new long[1024 * LONGS];
    private int[] blockOf = new int[1024];
    private int[] offsets = new int[1024];
    private int[] lengths = new int[1024];
    private int size;

    private ChunkIndex() {}

    /// Reads all INDEX objects of a store.
    public static ChunkIndex load(ChunkStore store, Frames frames) {
        ChunkIndex index = new ChunkIndex();
        List<ObjectInfo> objects = new ArrayList<>();
        store.list(ObjectKind.INDEX, objects::add);
        for (ObjectInfo object : objects) {
            read(store, object.name()).ifPresent(bytes -> {
                IndexObject.decode(frames, object.name(), bytes, index::pack);
            });
        }
        return index;
    }

    private static Optional<byte[]> read(ChunkStore store, ObjectName name) {
        try {
            return Optional.of(store.get(name, Sizes.OBJECT_LIMIT));
        } catch (MissingObjectException e) {
            return Optional.empty(); // replaced by another index between the listing and now
        }
    }

    private BlockRows.Visitor pack(ObjectName name, int packSize, PackType type) {
        boolean isNew = known.add(name);
        if (isNew) {
            packs.add(new PackInfo(name, packSize, type));
        }
        return new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {
                if (isNew) {
                    blocks.add(new BlockLocation(name, suite, keyNumber, offset, length));
                }
            }

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                if (isNew) {
                    add(id, offset, length << 2 | role.number());
                }
            }
        };
    }

    private void add(ChunkId id, int offset, int lengthAndRole) {
        if (size >= blockOf.length / 3 * 2) {
            grow();
        }
        int slot = slotOf(id);
        if (blockOf[slot] == 0) {
            size++;
            put(slot, id, blocks.size(), offset, lengthAndRole);
        }
    }

    private void put(int slot, ChunkId id, int block, int offset, int lengthAndRole) {
        ids[slot * LONGS] = id.first();
        ids[slot * LONGS + 1] = id.second();
        ids[slot * LONGS + 2] = id.third();
        ids[slot * LONGS + 3] = id.fourth();
        blockOf[slot] = block;
        offsets[slot] = offset;
        lengths[slot] = lengthAndRole;
    }

    /// The slot that holds the id, or the empty one where it belongs. Block numbers are kept plus one; 0 is empty.
    private int slotOf(ChunkId id) {
        int mask = blockOf.length - 1;
        int slot = (int) id.first() & mask;
        while (blockOf[slot] != 0 && !holds(slot, id)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean holds(int slot, ChunkId id) {
        int at = slot * LONGS;
        return ids[at] == id.first()
                && ids[at + 1] == id.second()
                && ids[at + 2] == id.third()
                && ids[at + 3] == id.fourth();
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldBlocks = blockOf;
        int[] oldOffsets = offsets;
        int[] oldLengths = lengths;
        int capacity = Math.multiplyExact(oldBlocks.length, 2);
        ids = new long[Math.multiplyExact(capacity, LONGS)];
        blockOf = new int[capacity];
        offsets = new int[capacity];
        lengths = new int[capacity];
        for (int i = 0; i < oldBlocks.length; i++) {
            if (oldBlocks[i] != 0) {
                long[] words = Arrays.copyOfRange(oldIds, i * LONGS, i * LONGS + LONGS);
                ChunkId id = new ChunkId(words[0], words[1], words[2], words[3]);
                put(slotOf(id), id, oldBlocks[i], oldOffsets[i], oldLengths[i]);
            }
        }
    }

    /// Whether the repository has the chunk.
    public boolean contains(ChunkId id) {
        return blockOf[slotOf(id)] != 0;
    }

    /// Where the chunk is.
    public Optional<ChunkLocation> find(ChunkId id) {
        int slot = slotOf(id);
        if (blockOf[slot] == 0) {
            return Optional.empty();
        }
        ChunkRole role = ChunkRole.of(lengths[slot] & 3, id);
        return Optional.of(new ChunkLocation(role, blocks.get(blockOf[slot] - 1), offsets[slot], lengths[slot] >>> 2));
    }

    /// The packs that the index names.
    public List<PackInfo> packs() {
        return packs;
    }

    /// Number of chunks.
    public int size() {
        return size;
    }
}
