package model;

/// What a prune may do next: on its own victims, or on the condemned set of another, or both.
final class Prune {

    static final int START = 0;
    static final int WORK = 8;
    static final int INDEXING = 9;
    static final int REPLACING = 10;
    static final int FINISH = 11;
    static final int DONE = 12;

    /// The step of a prune that finds a chunk nowhere.
    static final String MISSES = "misses a chunk; lists again";

    private final Instance in;
    private final Layout at;
    private final Store store;
    private final int[] order;
    private final Rewriting rewriting;

    Prune(Instance in, Layout at, Store store) {
        this.in = in;
        this.at = at;
        this.store = store;
        order = Phase.ofPrune(in);
        rewriting = new Rewriting(in, at, store);
    }

    void moves(World w, int k, Moves out) {
        int now = w.fields[at.pruneAt[k]];
        switch (now) {
            case START -> start(w, k, out);
            case WORK -> work(w, k, out);
            case INDEXING -> index(out.change(w), k, out);
            case REPLACING -> rewriting.replace(out.change(w), k, out);
            case FINISH -> finish(out.change(w), k, out);
            case DONE -> {}
            default -> {
                if (order[now - 1] == Phase.CONDEMN) {
                    condemn(w, k, now - 1, out);
                } else {
                    leave(out.change(w), k, now - 1, out);
                }
            }
        }
    }

    private void start(World w, int k, Moves out) {
        if (order[0] == Phase.CONDEMN) {
            condemn(w, k, 0, out);
        } else {
            World next = out.change(w);
            enter(next, k, 0);
            out.emit(next, Layout.Axis.PRUNE, k, Phase.text(order[0]), 0);
        }
    }

    /// Any packs, and any condemned sets of others.
    private void condemn(World w, int k, int i, Moves out) {
        int others = w.mask(at.condemned);
        int candidates = w.present() & w.indexed();
        for (int sets = others; sets >= 0; sets = sets == 0 ? -1 : sets - 1 & others) {
            for (int packs = candidates; packs >= 0; packs = packs == 0 ? -1 : packs - 1 & candidates) {
                if (sets == 0 && packs == 0) {
                    continue;
                }
                condemn(out.change(w), k, i, sets, packs, out);
            }
        }
    }

    /// A prune that is to begin, with the packs it condemns and the condemned sets it takes over.
    void begin(World w, int k, int packs, int sets, Moves out) {
        condemn(out.change(w), k, 0, sets, packs, out);
    }

    private void condemn(World w, int k, int i, int sets, int packs, Moves out) {
        if (packs != 0) {
            store.putSet(w, k, packs, out);
        }
        w.setMask(at.taken[k], sets | (packs != 0 ? 1 << k : 0));
        enter(w, k, i + 1);
        out.emit(
                w,
                Layout.Axis.PRUNE,
                k,
                text(packs, sets) + Phase.text(order[i + 1]) + (packs == 0 ? "" : "; its victims:"),
                packs);
    }

    private static String text(int packs, int sets) {
        return (packs == 0 ? "takes over, " : sets == 0 ? "condemns, " : "takes over and condemns, ");
    }

    private void enter(World w, int k, int i) {
        int phase = order[i];
        w.fields[at.pruneAt[k]] = i + 1;
        if ((phase & Phase.NOTICES) != 0) {
            w.setMask(at.noticeSeen[k], w.mask(at.notice));
        }
        if ((phase & Phase.SNAPSHOTS) != 0) {
            w.fields[at.oldSeen[k]] = w.fields[at.old] == Root.LISTED ? 1 : 0;
            for (int b = 0; b < at.snapshot.length; b++) {
                w.fields[at.snapshotSeen[k][b]] = w.fields[at.snapshot[b]] == Root.LISTED ? 1 : 0;
            }
        }
        if ((phase & Phase.PACKS) != 0) {
            int useful = w.packsOf(w.mask(at.need[k])) & rewriting.named(w, k);
            w.planes[at.good[k]] = w.present() & useful & ~w.victims(seen(w, k));
            w.setMask(at.pruneSees[k], 0);
        }
        if ((phase & Phase.SETS) != 0) {
            w.setMask(at.pruneSees[k], w.mask(at.condemned));
            w.setMask(at.indexSeen[k], w.mask(at.index));
        }
    }

    private int seen(World w, int k) {
        return w.mask(in.has(Fault.OWN_SET_ONLY) ? at.taken[k] : at.pruneSees[k]);
    }

    private void leave(World w, int k, int i, Moves out) {
        int phase = order[i];
        if ((phase & Phase.NOTICES) != 0) {
            int seen = w.mask(at.noticeSeen[k]);
            if (!in.has(Fault.NO_RESCUE_FOR_NOTICES)) {
                needOf(w, k, seen);
            }
            w.setMask(at.noticeSeen[k], 0);
        }
        if ((phase & Phase.SNAPSHOTS) != 0) {
            needOf(w, k, w.mask(at.snapshotSeen[k]));
            if (w.fields[at.oldSeen[k]] != 0) {
                w.setMask(at.need[k], -1);
            }
            w.setMask(at.snapshotSeen[k], 0);
            w.fields[at.oldSeen[k]] = 0;
        }
        if ((phase & Phase.SETS) != 0) {
            w.planes[at.good[k]] &= ~w.victims(seen(w, k));
        }
        if (i + 1 == order.length) {
            conclude(w, k, out);
            return;
        }
        enter(w, k, i + 1);
        out.emit(w, Layout.Axis.PRUNE, k, Phase.text(order[i + 1]), 0);
    }

    private void needOf(World w, int k, int backups) {
        int need = w.mask(at.need[k]);
        for (int b = 0; b < at.snapshot.length; b++) {
            need |= (backups >> b & 1) != 0 ? in.backups().get(b) : 0;
        }
        w.setMask(at.need[k], need);
    }

    private void conclude(World w, int k, Moves out) {
        int lost = w.mask(at.need[k]) & ~w.chunksIn(w.planes[at.good[k]]);
        if (in.has(Fault.RESCUE_INTO_CONDEMNED)) {
            lost &= ~w.chunksIn(w.present() & ~w.victims(w.mask(at.taken[k])));
        }
        w.setMask(at.lost[k], lost);
        w.planes[at.good[k]] = 0;
        w.setMask(at.pruneSees[k], 0);
        w.fields[at.pruneAt[k]] = WORK;
        work(w, k, out);
    }

    /// Pack by pack: what is needed is moved, then the pack is deleted.
    private void work(World w, int k, Moves out) {
        int remaining = w.present() & w.victims(w.mask(at.taken[k])) & ~w.planes[at.good[k]];
        int lost = w.mask(at.lost[k]);
        if (in.has(Fault.SET_REMOVED_FIRST)
                && remaining != 0
                && (w.packsOf(lost) & remaining) == 0
                && sets(w, k) != 0) {
            removeSet(out.change(w), k, WORK, out);
            return;
        }
        for (int rest = remaining; rest != 0; rest &= rest - 1) {
            int pack = Integer.numberOfTrailingZeros(rest);
            if ((w.chunksOf(pack) & lost) == 0) {
                World next = out.change(w);
                store.deletePack(next, pack, out);
                out.emit(next, Layout.Axis.PRUNE, k, "deletes", 1 << pack);
            } else {
                rescue(out.change(w), k, pack, out);
            }
        }
        if ((lost & ~w.chunksIn(remaining)) != 0) {
            World next = out.change(w);
            next.setMask(at.lost[k], 0);
            next.planes[at.good[k]] = 0;
            int i = 0;
            while ((order[i] & (Phase.SETS | Phase.PACKS)) == 0) {
                i++;
            }
            enter(next, k, i);
            out.emit(next, Layout.Axis.PRUNE, k, MISSES, 0);
        }
        if (remaining == 0) {
            complete(out.change(w), k, out);
        }
    }

    private void rescue(World w, int k, int pack, Moves out) {
        int lost = w.mask(at.lost[k]);
        int chunks = w.chunksOf(pack) & lost;
        if (in.has(Fault.UNCONDEMNING) && (w.planes[at.victim[k]] >> pack & 1) == 0) {
            w.setMask(at.lost[k], lost & ~chunks);
            w.planes[at.good[k]] |= 1 << pack;
            out.emit(w, Layout.Axis.PRUNE, k, "takes out of the condemned set", 1 << pack);
            return;
        }
        int moved = w.freePack();
        if (moved < 0) {
            out.outOfBound();
            return;
        }
        store.putPack(w, moved, chunks, out);
        w.setMask(at.lost[k], lost & ~chunks);
        if (in.indexes() > 0) {
            w.planes[at.pendingOfPrune[k]] |= 1 << moved;
            w.fields[at.pruneAt[k]] = in.has(Fault.SOURCE_BEFORE_INDEX) ? WORK : INDEXING;
        }
        out.emit(w, Layout.Axis.PRUNE, k, "moves chunks from the first to the second of", 1 << pack | 1 << moved);
    }

    private void index(World w, int k, Moves out) {
        int packs = w.planes[at.pendingOfPrune[k]];
        if (store.putIndex(w, packs, out)) {
            w.planes[at.pendingOfPrune[k]] = 0;
            w.fields[at.pruneAt[k]] = WORK;
            out.emit(w, Layout.Axis.PRUNE, k, "puts the INDEX of", packs);
        }
    }

    /// All packs are gone: INDEX objects, then the condemned sets.
    private void complete(World w, int k, Moves out) {
        if (in.indexes() > 0) {
            if (w.planes[at.pendingOfPrune[k]] != 0) {
                index(w, k, out);
            } else {
                rewriting.begin(w, k, out);
            }
        } else {
            finish(w, k, out);
        }
    }

    private int sets(World w, int k) {
        return w.mask(at.taken[k]) & w.mask(at.condemned);
    }

    private void finish(World w, int k, Moves out) {
        if (sets(w, k) == 0) {
            end(w, k);
            out.emit(w, Layout.Axis.PRUNE, k, "ends", 0);
        } else {
            removeSet(w, k, FINISH, out);
        }
    }

    private void removeSet(World w, int k, int then, Moves out) {
        int set = Integer.numberOfTrailingZeros(sets(w, k));
        int packs = w.planes[at.victim[set]];
        w.fields[at.pruneAt[k]] = then;
        store.deleteSet(w, set, out);
        if (then == FINISH && sets(w, k) == 0) {
            end(w, k);
        }
        out.emit(w, Layout.Axis.PRUNE, k, "deletes a condemned set, of", packs);
    }

    private void end(World w, int k) {
        w.fields[at.pruneAt[k]] = DONE;
        w.planes[at.good[k]] = 0;
        w.setMask(at.taken[k], 0);
        w.setMask(at.need[k], 0);
        w.setMask(at.lost[k], 0);
        w.setMask(at.indexSeen[k], 0);
    }
}
