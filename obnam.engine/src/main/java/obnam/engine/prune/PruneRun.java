package obnam.engine.prune;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import obnam.api.ChunkId;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.deletion.UnindexedPacks;
import obnam.engine.format.IndexObject;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.RepositoryContext;

/// Prunes a repository: docs/deletion.md, section 5, whose steps the comments name. For one thread, which uses
/// others.
public final class PruneRun {

    /// How often to begin again because other prunes did the same work.
    private static final int ROUNDS = 10;

    private final RepositoryContext repository;
    private final ChunkStore store;
    private final ChunkIndex index;
    private final PruneRequest request;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final Publication publication;
    private final Roots roots;
    private final Reachable reachable;

    /// @param context the repository
    /// @param index opened just now
    public PruneRun(RepositoryContext context, ChunkIndex index, PruneRequest request, Progress progress) {
        this.repository = context;
        this.store = context.store();
        this.index = index;
        this.request = request;
        this.progress = progress;
        this.publication = new Publication(repository, tally);
        this.roots = new Roots(repository);
        this.reachable = new Reachable(repository, index, roots, progress);
    }

    /// Prunes.
    ///
    /// @throws DamageException if a root, a tree, or a pack that a snapshot needs is missing or damaged;
    ///     nothing that anything needs was deleted
    public PruneResult run() {
        requireSoundIndex();
        PackView view = takeUpUnknown();
        reachable.reach(roots.read()); // 1
        view = requireWhole(view);
        List<Survey.Usage> usages =
                new Survey(reachable.tables(), reachable.marks(), view, request.maxUnusedOfBlock()).usages();
        tally.packs = usages.size();
        tally.bytes = usages.stream().mapToLong(pack -> pack.info().size()).sum();
        tally.unusedBytes = usages.stream().mapToLong(Survey.Usage::unused).sum();
        List<Survey.Usage> victims = VictimChoice.choose(
                usages.stream()
                        .filter(pack -> !roots.namedPacks().contains(pack.info().name()))
                        .toList(),
                request);
        if (request.dryRun()) {
            return estimate(victims);
        }
        if (!victims.isEmpty()) {
            var _ = publication.index(IndexObject.Statements.condemning(VictimChoice.names(victims))); // 2
            store.barrier();
        }
        finish(!victims.isEmpty());
        publication.delete(List.copyOf(roots.leftovers()), 0);
        tally.skippedChunks = reachable.skipped() + tally.skippedChunks;
        publication.finish();
        return tally.result();
    }

    private void requireSoundIndex() {
        if (!index.damaged().isEmpty()) {
            throw new DamageException(
                    "an INDEX object is damaged, and may name packs that others delete",
                    index.damaged().getFirst().toString(),
                    "Nothing was deleted. Run 'obnam check' to see how much is affected");
        }
    }

    /// Names packs that no index knows in new INDEX objects. They are left alone this time: a backup that
    /// is running may have put them.
    private PackView takeUpUnknown() {
        PackView view = list();
        if (view.unknown().isEmpty() || request.dryRun()) {
            return view;
        }
        UnindexedPacks packs = new UnindexedPacks(repository);
        view.unknown().forEach(packs::add);
        packs.publish();
        tally.indexedPacks = packs.indexed();
        view.unknown().forEach(info -> roots.namedPacks().add(info.name()));
        refresh();
        return list();
    }

    private PackView list() {
        return PackView.list(
                store, reachable.tables(), reachable.tables().condemned().packs());
    }

    private void refresh() {
        index.refresh();
        requireSoundIndex();
        reachable.follow();
    }

    /// Where packs are missing, looks whether a snapshot needs them; once more after a refresh of the
    /// index, since another prune may have emptied them.
    private PackView requireWhole(PackView first) {
        PackView view = first;
        for (int attempt = 1; attempt <= 2 && !view.unlisted().isEmpty(); attempt++) {
            refresh();
            view = list();
            requirePlausible(view);
            if (attempt == 2) {
                requireNowhereUnneeded(new Homeless(reachable.tables(), reachable.marks(), view));
            }
        }
        return view;
    }

    /// A pack that an index names and that is not listed may be gone for good: a slow participant may name
    /// a pack after another has deleted it. But if it is there, the listing cannot be trusted.
    private void requirePlausible(PackView view) {
        for (ObjectName pack : view.unlisted()) {
            if (store.size(pack).isPresent()) {
                throw new DamageException(
                        "a pack is there that was not listed, or it has the wrong length",
                        pack.toString(),
                        "Nothing was deleted. Run 'obnam check' to see what is wrong");
            }
        }
    }

    private PruneResult estimate(List<Survey.Usage> victims) {
        for (Survey.Usage victim : victims) {
            tally.deletedPacks++;
            tally.deleted(victim.info().size());
            tally.movedBytes += victim.used();
        }
        return tally.result();
    }

    /// Steps 3 to 10, of this prune and of all whose condemned sets are there.
    ///
    /// @param condemned whether this prune has condemned packs
    private void finish(boolean condemned) {
        Set<ObjectName> before =
                new HashSet<>(reachable.tables().condemned().sets().keySet());
        Set<ObjectName> removed = new HashSet<>();
        if (condemned || !before.isEmpty()) {
            remove(removed);
        }
        PackView view = list();
        requirePlausible(view);
        Set<ObjectName> holes = view.unlisted();
        new IndexRewrite(repository, publication, pack -> removed.contains(pack) || holes.contains(pack))
                .run(reachable.tables()); // 8
        if (!reachable.tables().condemned().sets().isEmpty()) {
            dropFinishedSets();
        }
        new NoticeAges(repository, publication, tally).count(roots.notices(), reachable);
    }

    private void remove(Set<ObjectName> removed) {
        for (int round = 1; ; round++) {
            Roots.Found found = roots.read(); // 3, 4
            refresh(); // 5
            reachable.reach(found);
            PackView view = list(); // 6
            requirePlausible(view);
            removed.addAll(reachable.tables().condemned().packs());
            Homeless homeless = new Homeless(reachable.tables(), reachable.marks(), view);
            if (round > 2 || homeless.nowhere().isEmpty()) {
                requireNowhereUnneeded(homeless);
                try {
                    new Removal(repository, homeless, request, publication, tally, progress).run(view.strays()); // 7, 9
                    refresh();
                    return;
                } catch (MissingObjectException e) {
                    if (round >= ROUNDS) {
                        throw StoreException.passing(
                                "other prunes are at work on the same packs",
                                e.subject(),
                                "Run it again when they are done",
                                e);
                    }
                }
            }
        }
    }

    private void requireNowhereUnneeded(Homeless homeless) {
        for (ChunkId chunk : homeless.nowhere()) {
            var needed = reachable.neededBy(chunk);
            if (needed.isPresent()) {
                throw needed.get();
            }
        }
        tally.skippedChunks = homeless.nowhere().size();
    }

    /// Deletes the condemned sets of which no pack is there and none is in an INDEX object.
    private void dropFinishedSets() {
        refresh();
        Set<ObjectName> unfinished = new HashSet<>();
        Set<ObjectName> condemned = reachable.tables().condemned().packs();
        for (int row = 0; row < reachable.tables().packs(); row++) {
            if (!reachable.tables().gone(row)
                    && condemned.contains(reachable.tables().pack(row).name())) {
                unfinished.add(reachable.tables().pack(row).name());
            }
        }
        store.list(ObjectKind.PACK, info -> {
            if (condemned.contains(info.name())) {
                unfinished.add(info.name());
            }
        });
        store.barrier();
        Map<ObjectName, Long> sizes = sizes();
        reachable.tables().condemned().sets().forEach((set, packs) -> {
            if (packs.stream().noneMatch(unfinished::contains)) { // 10
                publication.delete(List.of(set), sizes.getOrDefault(set, 0L));
            }
        });
    }

    private Map<ObjectName, Long> sizes() {
        Map<ObjectName, Long> sizes = new HashMap<>();
        Set<ObjectName> sets = reachable.tables().condemned().sets().keySet();
        sets.forEach(set -> sizes.put(set, store.size(set).orElse(0)));
        return sizes;
    }
}
