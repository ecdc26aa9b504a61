package model;

/// How a prune replaces INDEX objects that name packs it has deleted.
final class Rewriting {

    private final Instance in;
    private final Layout at;
    private final Store store;

    Rewriting(Instance in, Layout at, Store store) {
        this.in = in;
        this.at = at;
        this.store = store;
    }

    /// The packs that this prune knows, from the INDEX objects it has listed.
    int named(World w, int k) {
        if (in.indexes() == 0) {
            return -1;
        }
        return union(w, w.mask(at.indexSeen[k]));
    }

    private int union(World w, int indexes) {
        int packs = 0;
        for (int i = 0; i < at.named.length; i++) {
            packs |= (indexes >> i & 1) != 0 ? w.planes[at.named[i]] : 0;
        }
        return packs;
    }

    /// Puts one INDEX in place of several: at least those that name a victim, or all that were listed.
    void begin(World w, int k, Moves out) {
        int listed = w.mask(at.indexSeen[k]);
        int holes = union(w, listed) & ~w.present();
        int victims = w.victims(w.mask(at.taken[k])) | holes;
        int needed = 0;
        for (int i = 0; i < at.named.length; i++) {
            needed |= (listed >> i & 1) != 0 && (w.planes[at.named[i]] & victims) != 0 ? 1 << i : 0;
        }
        if (needed == 0) {
            w.setMask(at.indexSeen[k], 0);
            w.fields[at.pruneAt[k]] = Prune.FINISH;
            out.emit(w, Layout.Axis.PRUNE, k, "has no INDEX to replace", 0);
            return;
        }
        put(out.change(w), k, needed, victims, out);
        if (needed != listed) {
            put(out.change(w), k, listed, victims, out);
        }
    }

    private void put(World w, int k, int replaced, int victims, Moves out) {
        int packs = union(w, replaced) & ~victims;
        boolean oldFirst = in.has(Fault.OLD_INDEX_FIRST);
        if (packs != 0 && !oldFirst && !store.putIndex(w, packs, out)) {
            return;
        }
        w.fields[at.pruneAt[k]] = Prune.REPLACING;
        w.setMask(at.indexSeen[k], in.has(Fault.INDEX_DROPS_OTHERS) ? 0 : replaced);
        if (in.has(Fault.INDEX_DROPS_OTHERS)) {
            int fresh = w.mask(at.index) & ~replaced;
            int newest = 0;
            for (int i = 0; i < at.named.length; i++) {
                newest |= (fresh >> i & 1) != 0 && w.planes[at.named[i]] == packs ? 1 << i : 0;
            }
            w.setMask(at.indexSeen[k], w.mask(at.index) & ~Integer.highestOneBit(newest));
        }
        if (oldFirst) {
            w.planes[at.pendingOfPrune[k]] = packs;
        }
        out.emit(
                w,
                Layout.Axis.PRUNE,
                k,
                oldFirst ? "will put a new INDEX of" : packs == 0 ? "needs no new INDEX" : "puts a new INDEX of",
                packs);
    }

    /// Deletes one of the INDEX objects replaced.
    void replace(World w, int k, Moves out) {
        int replaced = w.mask(at.indexSeen[k]);
        if (replaced == 0) {
            lastStep(w, k, out);
            return;
        }
        int i = Integer.numberOfTrailingZeros(replaced);
        int packs = w.planes[at.named[i]];
        if (w.fields[at.index[i]] != 0) {
            store.deleteIndex(w, i, out);
        }
        w.fields[at.indexSeen[k][i]] = 0;
        if (w.mask(at.indexSeen[k]) == 0 && !in.has(Fault.OLD_INDEX_FIRST)) {
            w.fields[at.pruneAt[k]] = Prune.FINISH;
        }
        out.emit(w, Layout.Axis.PRUNE, k, "deletes the INDEX of", packs);
    }

    private void lastStep(World w, int k, Moves out) {
        w.fields[at.pruneAt[k]] = Prune.FINISH;
        if (in.has(Fault.OLD_INDEX_FIRST)) {
            int packs = w.planes[at.pendingOfPrune[k]];
            w.planes[at.pendingOfPrune[k]] = 0;
            if (packs != 0 && !store.putIndex(w, packs, out)) {
                return;
            }
        }
        out.emit(w, Layout.Axis.PRUNE, k, "has replaced the INDEX objects", 0);
    }
}
