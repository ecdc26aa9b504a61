package obnam.engine.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
/// from the store and become a segment; many small segments become one. What an INDEX object said that is
/// listed no more is passed over, and left out when its segment is next merged. A segment that turns out
/// damaged is made again from the store.
///
/// Thread-safe.
public final class ChunkIndex {

    private static final Comparator<LiveSegment> BY_SIZE = Comparator.comparingInt(LiveSegment::chunks);
    private static final int MERGE_ABOVE = 8;
    private static final int LARGEST_SEGMENT = 20_000_000;
    private static final int CHUNKS_A_BUILD = 500_000;

    private final ChunkStore store;
    private final Frames frames;
    private volatile IndexCache cache;
    private final List<ObjectName> damaged = new CopyOnWriteArrayList<>();
    private final Set<ObjectName> missing = ConcurrentHashMap.newKeySet();
    private volatile List<LiveSegment> segments = List.of();
    private volatile Condemned condemned = Condemned.NONE;
    private volatile Set<ObjectName> lost = Set.of();
    private volatile boolean mayLack;

    private ChunkIndex(ChunkStore store, Frames frames, IndexCache cache) {
        this.store = store;
        this.frames = frames;
        this.cache = cache;
    }

    /// Reads all INDEX objects of a store into memory.
    public static ChunkIndex load(ChunkStore store, Frames frames) {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.inMemory());
        index.open();
        return index;
    }

    /// Opens the index with what a local cache has of it.
    ///
    /// @param cacheDirectory absolute path; made if it is not there
    public static ChunkIndex open(ChunkStore store, Frames frames, byte[] cacheDirectory) {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.in(cacheDirectory));
        index.open();
        return index;
    }

    /// The same index, which keeps what is added from now on in memory only.
    public ChunkIndex withoutCache() {
        ChunkIndex index = new ChunkIndex(store, frames, IndexCache.inMemory());
        index.segments = segments;
        index.condemned = condemned;
        index.lost = lost;
        index.damaged.addAll(damaged);
        index.missing.addAll(missing);
        index.mayLack = mayLack;
        return index;
    }

    private synchronized void open() {
        Set<ObjectName> listed = listed(store);
        List<LiveSegment> useful = useful(listed);
        mayLack |= useful.isEmpty() && !listed.isEmpty();
        List<LiveSegment> all = withUnread(useful, listed);
        noteLost(all);
        install(merged(all));
    }

    /// Takes note of INDEX objects that came and went. Rows keep their places: nothing is merged or dropped.
    public void refresh() {
        refresh(store);
    }

    /// The same.
    ///
    /// @param through the same store, whose listing is to be used
    public synchronized void refresh(ChunkStore through) {
        Set<ObjectName> listed = listed(through);
        try {
            install(withUnread(
                    segments.stream().map(segment -> segment.listed(listed)).toList(), listed));
        } catch (DamagedCacheException e) {
            rebuild(segments);
        }
    }

    private Set<ObjectName> listed(ChunkStore through) {
        Set<ObjectName> listed = new HashSet<>();
        through.list(ObjectKind.INDEX, info -> listed.add(info.name()));
        damaged.clear();
        return listed;
    }

    private List<LiveSegment> withUnread(List<LiveSegment> present, Set<ObjectName> listed) {
        Set<ObjectName> unread = new HashSet<>(listed);
        present.forEach(segment -> unread.removeAll(segment.names()));
        List<LiveSegment> all = new ArrayList<>(present);
        read(unread).forEach(kept -> all.add(LiveSegment.whole(kept)));
        return all;
    }

    private void install(List<LiveSegment> all) {
        condemned = Condemned.of(all);
        Set<ObjectName> shunned = new HashSet<>(missing);
        shunned.addAll(condemned.packs());
        segments = all.stream().map(segment -> segment.shunning(shunned)).toList();
    }

    /// Of the cached segments those that stand for objects that are still there and that no larger one
    /// stands for.
    private List<LiveSegment> useful(Set<ObjectName> listed) {
        List<LiveSegment> candidates = new ArrayList<>();
        cache.segments().forEach(kept -> candidates.add(LiveSegment.whole(kept)));
        candidates.sort(BY_SIZE.reversed());
        List<LiveSegment> useful = new ArrayList<>();
        Set<ObjectName> covered = new HashSet<>();
        Set<ObjectName> gone = new HashSet<>();
        for (LiveSegment candidate : candidates) {
            try {
                LiveSegment live = candidate.listed(listed);
                live.gone().stream()
                        .forEach(pack -> gone.add(live.segment().pack(pack).name()));
                if (covered.addAll(live.names())) {
                    useful.add(live);
                } else {
                    IndexCache.drop(candidate.file());
                }
            } catch (DamagedCacheException _) {
                mayLack = true;
                IndexCache.drop(candidate.file());
            }
        }
        lost = gone;
        return useful;
    }

    /// Of the packs that are gone, those that no other INDEX object names have left the repository.
    private void noteLost(List<LiveSegment> all) {
        Set<ObjectName> still = new HashSet<>(lost);
        for (LiveSegment live : all) {
            int packs = still.isEmpty() ? 0 : live.segment().layout().packs();
            for (int i = 0; i < packs; i++) {
                if (!live.gone().get(i)) {
                    still.remove(live.segment().pack(i).name());
                }
            }
        }
        lost = Set.copyOf(still);
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
            bytes.ifPresent(object -> {
                SegmentBuilder trial = new SegmentBuilder();
                trial.begin(name);
                IndexObject.decode(frames, name, object, trial);
            });
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

    /// Joins the smaller segments when there are many, and writes those anew of which much is gone. One
    /// that cannot be read is found by the next look-up.
    private List<LiveSegment> merged(List<LiveSegment> all) {
        try {
            return joined(all);
        } catch (DamagedCacheException _) {
            return List.copyOf(all);
        }
    }

    private List<LiveSegment> joined(List<LiveSegment> all) {
        List<LiveSegment> rising = new ArrayList<>(all);
        rising.sort(BY_SIZE);
        int wanted = all.size() <= MERGE_ABOVE ? 0 : all.size() - MERGE_ABOVE / 2;
        List<LiveSegment> joining = new ArrayList<>();
        long chunks = 0;
        for (int i = 0; i < rising.size(); i++) {
            LiveSegment segment = rising.get(i);
            if ((i < wanted || segment.hollow()) && chunks + segment.chunks() <= LARGEST_SEGMENT) {
                chunks += segment.chunks();
                joining.add(segment);
            }
        }
        if (joining.size() < 2 && joining.stream().noneMatch(LiveSegment::hollow)) {
            return List.copyOf(all);
        }
        SegmentMerge merge = new SegmentMerge(joining);
        IndexCache.Kept one = cache.keep(merge::write);
        joining.forEach(segment -> IndexCache.drop(segment.file()));
        rising.removeAll(joining);
        rising.add(LiveSegment.whole(one));
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
        List<LiveSegment> more = new ArrayList<>(segments);
        more.add(LiveSegment.whole(kept));
        install(merged(more));
        kept.segment().forEachId(added);
    }

    /// Whether a pack has the chunk that is there, as far as is known, and that nobody is going to delete.
    public boolean contains(ChunkId id) {
        return keptIn(id).isPresent();
    }

    /// Where the chunk is: in a pack that nobody is going to delete, if there is one.
    public Optional<ChunkLocation> find(ChunkId id) {
        return lookUp(segment -> segment.find(id)).or(() -> lookUp(segment -> segment.findShunned(id)));
    }

    /// The pack that the chunk is in and that nobody is going to delete.
    public Optional<ObjectName> keptIn(ChunkId id) {
        return lookUp(segment -> segment.pack(id));
    }

    private <T> Optional<T> lookUp(Function<LiveSegment, Optional<T>> question) {
        List<LiveSegment> asked = segments;
        try {
            for (LiveSegment segment : asked) {
                Optional<T> answer = question.apply(segment);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            return Optional.empty();
        } catch (DamagedCacheException e) {
            rebuild(asked);
            return lookUp(question);
        }
    }

    /// Makes all segments again; in memory, as the disk that holds the cache is not to be trusted.
    private synchronized void rebuild(List<LiveSegment> damagedOnes) {
        if (segments.equals(damagedOnes)) {
            damagedOnes.forEach(segment -> IndexCache.drop(segment.file()));
            segments = List.of();
            cache = IndexCache.inMemory();
            mayLack = true;
            open();
        }
    }

    /// The lengths of packs that INDEX objects name; of those that they do not name, none. Takes one pass
    /// over the names of all packs.
    public Map<ObjectName, Integer> sizes(Collection<ObjectName> packs) {
        Set<ObjectName> wanted = new HashSet<>(packs);
        Set<Long> prefixes = new HashSet<>();
        wanted.forEach(pack -> prefixes.add(Long.parseUnsignedLong(pack.hex(), 0, 16, 16)));
        List<LiveSegment> asked = segments;
        try {
            Map<ObjectName, Integer> sizes = new HashMap<>();
            for (LiveSegment segment : asked) {
                segment.forEachPack(prefixes, pack -> {
                    if (wanted.contains(pack.name())) {
                        sizes.put(pack.name(), pack.size());
                    }
                });
            }
            return sizes;
        } catch (DamagedCacheException e) {
            rebuild(asked);
            return sizes(packs);
        }
    }

    /// Makes all segments again, in memory: after a [DamagedCacheException] from [#tables].
    public void abandonCache() {
        rebuild(segments);
    }

    /// Takes note that a pack is not there, whatever INDEX objects say.
    ///
    /// @return whether that is news
    public synchronized boolean missing(ObjectName pack) {
        boolean news = missing.add(pack);
        if (news) {
            install(segments);
        }
        return news;
    }

    /// What is going to be deleted.
    public Condemned condemned() {
        return condemned;
    }

    /// Packs that this machine's cache knew and that no INDEX object names any more, since this index was
    /// opened.
    public Set<ObjectName> lost() {
        return lost;
    }

    /// The INDEX objects that are damaged and left out.
    public List<ObjectName> damaged() {
        return List.copyOf(damaged);
    }

    /// Whether the index may lack what it had when the parent snapshot was made, whatever packs that relied
    /// on: an INDEX object is damaged, or this machine has no memory of what there was.
    public boolean mayLack() {
        return mayLack;
    }

    /// All rows as they are now, by number.
    public synchronized IndexTables tables() {
        return new IndexTables(segments, condemned);
    }

    /// Number of chunks, those counted twice that are in two packs.
    public long size() {
        return segments.stream().mapToLong(LiveSegment::chunks).sum();
    }
}
