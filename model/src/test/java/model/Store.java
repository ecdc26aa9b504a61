package model;

/// Changes of the store, each with the listings under way that may or may not show it.
///
/// A listing begins with the step before it and ends with the step after it; what is put or deleted between may be in
/// it.
/// So every moment a real listing could look at a name is covered, and the order in which it looks at names does not
/// matter.
final class Store {

    private final Layout at;
    private final int[] backupOrder;
    private final int[] pruneOrder;
    private final boolean indexed;

    Store(Instance in, Layout at) {
        this.at = at;
        backupOrder = Phase.ofBackup(in);
        pruneOrder = Phase.ofPrune(in);
        indexed = in.indexes() > 0;
    }

    void putPack(World w, int pack, int chunks, Moves out) {
        w.create(pack, chunks);
        if (indexed) {
            return; // of no use to a prune whose INDEX objects were listed earlier
        }
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.PACKS) && (chunks & w.mask(at.need[k])) != 0) {
                out.doubtPack(at.good[k], pack);
            }
        }
    }

    void deletePack(World w, int pack, Moves out) {
        w.planes[at.present] &= ~(1 << pack);
        for (int b = 0; b < at.backupAt.length; b++) {
            int relied = w.planes[at.rely[b]] & ~w.planes[at.bad[b]];
            if (backupIn(w, b, Phase.PACKS) && (relied >> pack & 1) != 0) {
                out.doubtPack(at.bad[b], pack);
            }
        }
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.PACKS) && (w.planes[at.good[k]] >> pack & 1) != 0) {
                out.doubtPack(at.good[k], pack);
            }
        }
    }

    void putSet(World w, int set, int packs, Moves out) {
        w.planes[at.victim[set]] = packs;
        w.fields[at.condemned[set]] = 1;
        doubtSet(w, set, out);
    }

    void deleteSet(World w, int set, Moves out) {
        w.fields[at.condemned[set]] = 0;
        doubtSet(w, set, out);
    }

    /// Before a put no listing under way shows it, and before a delete it may: either way the other value is the doubt.
    private void doubtSet(World w, int set, Moves out) {
        int before = 1 - w.fields[at.condemned[set]];
        for (int b = 0; b < at.backupAt.length; b++) {
            if (backupIn(w, b, Phase.SETS) && w.fields[at.backupSees[b][set]] == before) {
                out.doubtField(at.backupSees[b][set]);
            }
        }
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.SETS) && w.fields[at.pruneSees[k][set]] == before) {
                out.doubtField(at.pruneSees[k][set]);
            }
        }
    }

    /// A notice that replaces another is put before that is deleted; a listing of that time may show either, both or
    /// none.
    void putNotice(World w, int b, Moves out) {
        w.fields[at.notice[b]] = 1;
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.NOTICES)) {
                out.doubtField(at.noticeSeen[k][b]);
            }
        }
    }

    void deleteNotice(World w, int b, Moves out) {
        w.fields[at.notice[b]] = 0;
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.NOTICES) && w.fields[at.noticeSeen[k][b]] == 1) {
                out.doubtField(at.noticeSeen[k][b]);
            }
        }
    }

    void putSnapshot(World w, int b, Moves out) {
        w.fields[at.snapshot[b]] = Root.LISTED;
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.SNAPSHOTS)) {
                out.doubtField(at.snapshotSeen[k][b]);
            }
        }
    }

    /// Puts a forget or annul record, for the snapshot of the beginning (0) or of backup `n - 1`; the delete changes
    /// nothing more.
    void endRoot(World w, int snapshot, int state, Moves out) {
        w.fields[snapshot == 0 ? at.old : at.snapshot[snapshot - 1]] = state;
        for (int k = 0; k < at.pruneAt.length; k++) {
            int seen = snapshot == 0 ? at.oldSeen[k] : at.snapshotSeen[k][snapshot - 1];
            if (pruneIn(w, k, Phase.SNAPSHOTS) && w.fields[seen] == 1) {
                out.doubtField(seen);
            }
        }
        for (int b = 0; b < at.parentSeen.length; b++) {
            boolean looks = backupIn(w, b, Phase.PARENT) && w.in.parents().get(b) == snapshot;
            if (looks && w.fields[at.parentSeen[b]] == 1) {
                out.doubtField(at.parentSeen[b]);
            }
        }
    }

    /// Puts an INDEX object of packs, or answers false when the bound is reached.
    boolean putIndex(World w, int packs, Moves out) {
        int i = 0;
        while (i < at.index.length && (w.fields[at.index[i]] != 0 || w.planes[at.named[i]] != 0)) {
            i++;
        }
        if (i == at.index.length) {
            out.outOfBound();
            return false;
        }
        w.fields[at.index[i]] = 1;
        w.planes[at.named[i]] = packs;
        w.planes[at.known] |= packs;
        doubtIndex(w, i, out);
        return true;
    }

    void deleteIndex(World w, int i, Moves out) {
        w.fields[at.index[i]] = 0;
        doubtIndex(w, i, out);
    }

    private void doubtIndex(World w, int i, Moves out) {
        int before = 1 - w.fields[at.index[i]];
        for (int k = 0; k < at.pruneAt.length; k++) {
            if (pruneIn(w, k, Phase.SETS) && w.fields[at.indexSeen[k][i]] == before) {
                out.doubtField(at.indexSeen[k][i]);
            }
        }
    }

    private boolean backupIn(World w, int b, int phase) {
        return (Phase.of(backupOrder, w.fields[at.backupAt[b]]) & phase) != 0;
    }

    private boolean pruneIn(World w, int k, int phase) {
        return (Phase.of(pruneOrder, w.fields[at.pruneAt[k]]) & phase) != 0;
    }
}
