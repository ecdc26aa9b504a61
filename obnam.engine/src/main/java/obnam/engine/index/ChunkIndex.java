package obnam.engine.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import obnam.api.ChunkId;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.Frames;
import obnam.engine.format.IndexObject;
import obnam.engine.format.Sizes;

/// Which chunks the repository has, and where: all that its INDEX objects say.
///
/// What they say is kept in a few sorted, immutable segments, mapped from a local cache, so that neither the start
/// of a run nor its memory depends on the size of the repository. INDEX objects that no segment stands for are read
/// from the store and become a segment; many small segments become one. A segment that turns out damaged is made
/// again from the store.
///
/// Thread-safe.
public final class ChunkIndex {

    private static final Comparator<IndexCache.Kept> BY_SIZE =
            Comparator.comparingInt(kept -> kept.segment().layout().chunks());
    private static final int MERGE_ABOVE = 8;
    private static final int LARGEST_SEGMENT = 20_000_000;
    private static final int CHUNKS_A_BUILD = 500_000;

    private final ChunkStore store;
    private final Frames frames;
    private volatile IndexCache cache;
    private final List<ObjectName> damaged = new CopyOnWriteArrayList<>();
    private volatile List<IndexCache.Kept> segments = List.of();
    private volatile boolean mayLack;

    private ChunkIndex(ChunkStore store, Frames frames, IndexCache cache) {
        this.store = store;
        this.frames = frames;
        this.cache = cache;
    }

    /// Reads all INDEX objects of a store into memory.
    public static ChunkIndex load(ChunkStore store, Frames frames) {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.inMemory());
        index.refresh();
        return index;
    }

    /// Opens the index with what a local cache has of it.
    ///
    /// @param cacheDirectory absolute path; made if it is not there
    public static ChunkIndex open(ChunkStore store, Frames frames, byte[] cacheDirectory) {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.in(cacheDirectory));
        index.refresh();
        return index;
    }

    /// The same index, which keeps what is added from now on in memory only.
    public ChunkIndex withoutCache() {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.inMemory());
        index.segments = segments;
        index.damaged.addAll(damaged);
        index.mayLack = mayLack;
        return index;
    }

    private synchronized void refresh() {
        Set<ObjectName> listed = new HashSet<>();
        store.list(ObjectKind.INDEX, info -> listed.add(info.name()));
        damaged.clear();
        List<IndexCache.Kept> useful = useful(listed);
        mayLack |= useful.isEmpty() && !listed.isEmpty();
        Set<ObjectName> missing = new HashSet<>(listed);
        useful.forEach(kept -> missing.removeAll(kept.segment().names()));
        List<IndexCache.Kept> all = new ArrayList<>(useful);
        all.addAll(read(missing));
        segments = merged(all);
    }

    /// Of the cached segments those that stand for objects that are all still there and that no larger one stands
    /// for.
    private List<IndexCache.Kept> useful(Set<ObjectName> listed) {
        List<IndexCache.Kept> candidates = new ArrayList<>(cache.segments());
        candidates.sort(BY_SIZE.reversed());
        List<IndexCache.Kept> useful = new ArrayList<>();
        Set<ObjectName> covered = new HashSet<>();
        for (IndexCache.Kept kept : candidates) {
            Optional<List<ObjectName>> names = namesOf(kept);
            boolean current = names.isPresent() && listed.containsAll(names.get());
            mayLack |= !current;
            if (current && covered.addAll(names.get())) {
                useful.add(kept);
            } else {
                IndexCache.drop(kept);
            }
        }
        return useful;
    }

    private static Optional<List<ObjectName>> namesOf(IndexCache.Kept kept) {
        try {
            return Optional.of(kept.segment().names());
        } catch (SegmentPages.DamagedCacheException e) {
            return Optional.empty();
        }
    }

    private List<IndexCache.Kept> read(Set<ObjectName> names) {
        List<IndexCache.Kept> made = new ArrayList<>();
        SegmentBuilder builder = new SegmentBuilder();
        for (ObjectName name : names.stream().sorted().toList()) {
            Optional<byte[]> bytes = readSound(name);
            if (bytes.isPresent()) {
                builder.begin(name);
                IndexObject.decode(frames, name, bytes.get(), builder);
            }
            if (builder.chunks() > CHUNKS_A_BUILD) {
                made.add(cache.keep(builder::write));
                builder = new SegmentBuilder();
            }
        }
        if (!builder.isEmpty()) {
            made.add(cache.keep(builder::write));
        }
        return made;
    }

    /// Reads an INDEX object; one that is damaged is noted, and what the others say stays of use.
    private Optional<byte[]> readSound(ObjectName name) {
        try {
            Optional<byte[]> bytes = read(name);
            bytes.ifPresent(object -> IndexObject.decode(frames, name, object, new SegmentBuilder()));
            return bytes;
        } catch (DamageException _) {
            damaged.add(name);
            mayLack = true;
            return Optional.empty();
        }
    }

    private Optional<byte[]> read(ObjectName name) {
        try {
            return Optional.of(store.get(name, Sizes.OBJECT_LIMIT));
        } catch (MissingObjectException e) {
            return Optional.empty(); // replaced by another index between the listing and now
        }
    }

    /// Joins the smaller segments when there are many. One that cannot be read is found by the next look-up.
    private List<IndexCache.Kept> merged(List<IndexCache.Kept> all) {
        try {
            return joined(all);
        } catch (SegmentPages.DamagedCacheException _) {
            return List.copyOf(all);
        }
    }

    private List<IndexCache.Kept> joined(List<IndexCache.Kept> all) {
        if (all.size() <= MERGE_ABOVE) {
            return List.copyOf(all);
        }
        List<IndexCache.Kept> rising = new ArrayList<>(all);
        rising.sort(BY_SIZE);
        List<IndexCache.Kept> small = new ArrayList<>();
        long chunks = 0;
        for (IndexCache.Kept kept : rising.subList(0, rising.size() - MERGE_ABOVE / 2)) {
            chunks += kept.segment().layout().chunks();
            if (chunks <= LARGEST_SEGMENT) {
                small.add(kept);
            }
        }
        if (small.size() < 2) {
            return List.copyOf(all);
        }
        SegmentMerge merge =
                new SegmentMerge(small.stream().map(IndexCache.Kept::segment).toList());
        IndexCache.Kept one = cache.keep(merge::write);
        small.forEach(IndexCache::drop);
        rising.removeAll(small);
        rising.add(one);
        return List.copyOf(rising);
    }

    /// Adds an INDEX object that this run has put.
    ///
    /// @param added is told of every chunk of it, once it can be found here
    public synchronized void add(ObjectName name, byte[] bytes, Consumer<ChunkId> added) {
        SegmentBuilder builder = new SegmentBuilder();
        builder.begin(name);
        IndexObject.decode(frames, name, bytes, builder);
        IndexCache.Kept kept = cache.keep(builder::write);
        List<IndexCache.Kept> more = new ArrayList<>(segments);
        more.add(kept);
        segments = merged(more);
        kept.segment().forEachId(added);
    }

    /// Whether the repository has the chunk.
    public boolean contains(ChunkId id) {
        return lookUp(segment -> segment.contains(id) ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /// Where the chunk is.
    public Optional<ChunkLocation> find(ChunkId id) {
        return lookUp(segment -> segment.find(id));
    }

    private <T> Optional<T> lookUp(Function<IndexSegment, Optional<T>> question) {
        List<IndexCache.Kept> asked = segments;
        try {
            for (IndexCache.Kept kept : asked) {
                Optional<T> answer = question.apply(kept.segment());
                if (answer.isPresent()) {
                    return answer;
                }
            }
            return Optional.empty();
        } catch (SegmentPages.DamagedCacheException e) {
            rebuild(asked);
            return lookUp(question);
        }
    }

    /// Makes all segments again; in memory, as the disk that holds the cache is not to be trusted.
    private synchronized void rebuild(List<IndexCache.Kept> damaged) {
        if (segments.equals(damaged)) {
            damaged.forEach(IndexCache::drop);
            segments = List.of();
            cache = IndexCache.inMemory();
            refresh();
        }
    }

    /// The INDEX objects that are damaged and left out.
    public List<ObjectName> damaged() {
        return List.copyOf(damaged);
    }

    /// Whether the index may lack what it had when the parent snapshot was made: an INDEX object is damaged or
    /// gone, or this machine has no memory of what there was.
    public boolean mayLack() {
        return mayLack;
    }

    /// Number of chunks, those counted twice that are in two packs.
    public long size() {
        return segments.stream()
                .mapToLong(kept -> kept.segment().layout().chunks())
                .sum();
    }
}
