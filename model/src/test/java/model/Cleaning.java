package model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From every world, with all that have begun dead for ever, two prunes leave nothing but what roots reach.
///
/// Two, because the first only indexes the packs that no INDEX knows. Each condemns all packs with a chunk that no root
/// reaches
/// and takes over all condemned sets. Worlds whose stores are alike are tried once.
final class Cleaning implements Check {

    private static final int PRUNES = 2;
    /// Many more steps than a prune alone takes.
    private static final int STEPS = 80;

    private final Wider wider;
    private final Instance wide;
    private final Layout at;
    private final Coder coder;
    private final Protocol protocol;
    private final Visited tried;
    private final long[] code;
    private final int oldChunks;

    Cleaning(Instance in, Layout narrow) {
        wider = new Wider(in, narrow, PRUNES);
        wide = wider.in;
        at = wider.at;
        coder = new Coder(wide, at, false);
        protocol = new Protocol(wide, at);
        tried = new Visited(coder.words());
        code = new long[coder.words()];
        oldChunks = in.initial().stream().reduce(0, (a, b) -> a | b);
    }

    @Override
    public Optional<String> broken(World world) {
        World store = afterDeaths(world);
        coder.write(store, code);
        if (!tried.add(code, 0)) {
            return Optional.empty();
        }
        for (int k = wide.prunes() - PRUNES; k < wide.prunes(); k++) {
            Optional<World> after = prune(store, k);
            if (after.isEmpty()) {
                return Optional.of("no prune comes to its end any more");
            }
            store = after.get();
        }
        return clean(store) ? Optional.empty() : Optional.of("prunes leave what nothing reaches");
    }

    /// The store alone: nobody who has begun does anything more.
    private World afterDeaths(World world) {
        World store = wider.widen(world);
        for (int b = 0; b < at.backupAt.length; b++) {
            int now = protocol.backup.acknowledged(world, b) ? Backup.DONE : Backup.ANNULLED;
            store.fields[at.backupAt[b]] = now;
            store.planes[at.rely[b]] = 0;
            store.planes[at.bad[b]] = 0;
            store.setMask(at.backupSees[b], 0);
        }
        for (int[] places : List.of(at.again, at.parentSeen, at.oldSeen)) {
            store.setMask(places, 0);
        }
        for (int[] places : at.covered) {
            store.setMask(places, 0);
        }
        for (int[] planes : List.of(at.pendingOfBackup, at.pendingOfPrune, at.good)) {
            for (int plane : planes) {
                store.planes[plane] = 0;
            }
        }
        for (int k = 0; k < wide.prunes(); k++) {
            for (int[][] places :
                    List.of(at.taken, at.pruneSees, at.noticeSeen, at.snapshotSeen, at.need, at.lost, at.indexSeen)) {
                store.setMask(places[k], 0);
            }
            store.fields[at.pruneAt[k]] = k < wide.prunes() - PRUNES ? Prune.DONE : Prune.START;
        }
        store.tidy();
        return store;
    }

    private Optional<World> prune(World from, int k) {
        World world = indexUnknown(from);
        int garbage = 0;
        int reached = reached(world);
        for (int rest = world.present() & world.indexed(); rest != 0; rest &= rest - 1) {
            int pack = Integer.numberOfTrailingZeros(rest);
            garbage |= (world.chunksOf(pack) & ~reached) != 0 ? 1 << pack : 0;
        }
        int sets = wide.has(Fault.NO_TAKE_OVER) ? 0 : world.mask(at.condemned);
        List<World> next = new ArrayList<>();
        List<Moves.Step> steps = new ArrayList<>();
        Moves out = new Moves(
                (w, step) -> {
                    next.add(w);
                    steps.add(step);
                },
                true);
        protocol.prune.begin(world, k, garbage, sets, out);
        boolean missed = false;
        for (int count = 0; count < STEPS; count++) {
            if (next.isEmpty()) {
                return world.fields[at.pruneAt[k]] == Prune.DONE ? Optional.of(world) : Optional.empty();
            }
            boolean misses = steps.getFirst().text().equals(Prune.MISSES);
            if (misses && missed && gaveUp(world) || givesUpForHoles(world)) {
                return Optional.empty();
            }
            world = misses && missed ? next.getLast() : next.getFirst();
            missed |= misses;
            next.clear();
            steps.clear();
            protocol.prune.moves(world, k, out);
        }
        return Optional.empty();
    }

    /// Packs that no INDEX knows are indexed from their tables.
    private World indexUnknown(World world) {
        int unknown = wide.indexes() == 0 ? 0 : world.present() & ~namedNow(world);
        if (unknown == 0) {
            return world;
        }
        World indexed = world.copy();
        protocol.store.putIndex(indexed, unknown, new Moves((w, step) -> {}, false));
        return indexed;
    }

    /// What ends a prune that finds a chunk nowhere.
    private boolean gaveUp(World world) {
        int missing = ~world.chunksIn(world.present());
        boolean ends = world.fields[at.old] == Root.LISTED && (oldChunks & missing) != 0;
        for (int b = 0; b < at.snapshot.length; b++) {
            boolean lacks = (wide.backups().get(b) & missing) != 0;
            boolean excused = wide.drop() && world.fields[at.dropped[b]] != 0;
            if (world.fields[at.snapshot[b]] == Root.LISTED) {
                ends |= lacks && (!excused || wide.has(Fault.SNAPSHOT_ENDS_A_PRUNE));
            } else if (world.fields[at.notice[b]] != 0) {
                ends |= lacks && wide.has(Fault.NOTICE_ENDS_A_PRUNE);
            }
        }
        return ends;
    }

    private boolean givesUpForHoles(World world) {
        int condemned = world.victims(world.mask(at.condemned));
        return wide.has(Fault.HOLES_END_A_PRUNE) && (namedNow(world) & ~world.present() & ~condemned) != 0;
    }

    private int namedNow(World world) {
        int packs = 0;
        for (int i = 0; i < at.named.length; i++) {
            packs |= world.fields[at.index[i]] != 0 ? world.planes[at.named[i]] : 0;
        }
        return packs;
    }

    private int reached(World world) {
        int chunks = world.fields[at.old] == Root.LISTED ? oldChunks : 0;
        for (int b = 0; b < at.snapshot.length; b++) {
            boolean root = world.fields[at.snapshot[b]] == Root.LISTED || world.fields[at.notice[b]] != 0;
            chunks |= root ? wide.backups().get(b) : 0;
        }
        return chunks;
    }

    private boolean clean(World world) {
        boolean indexed = wide.indexes() == 0 || namedNow(world) == world.present();
        boolean live = (world.chunksIn(world.present()) & ~reached(world)) == 0;
        return live && indexed && world.mask(at.condemned) == 0;
    }
}
