package model;

import java.util.function.Consumer;

/// What a backup may do next.
///
/// Where a chunk is looked up, any pack that ever was in an index may be the answer, also one that is gone: so old can
/// a cache be.
final class Backup {

    static final int START = 0;
    static final int INDEXING = 8;
    static final int MADE = 9;
    static final int ACKNOWLEDGED = 10;
    static final int DONE = 11;
    static final int ANNULLED = 12;
    static final int LATE_INDEX = 13;

    private final Instance in;
    private final Layout at;
    private final Store store;
    private final int[] order;

    Backup(Instance in, Layout at, Store store) {
        this.in = in;
        this.at = at;
        this.store = store;
        order = Phase.ofBackup(in);
    }

    void moves(World w, int b, Moves out) {
        switch (w.fields[at.backupAt[b]]) {
            case START -> home(out.change(w), b, in.backups().get(b), true, out);
            case INDEXING -> index(out.change(w), b, out);
            case MADE -> lookAtNotice(out.change(w), b, out);
            case ACKNOWLEDGED -> end(out.change(w), b, out);
            case LATE_INDEX -> lateIndex(out.change(w), b, out);
            case DONE, ANNULLED -> {}
            default -> leave(out.change(w), b, w.fields[at.backupAt[b]] - 1, out);
        }
    }

    /// Whether a snapshot was reported as done.
    boolean acknowledged(World w, int b) {
        int now = w.fields[at.backupAt[b]];
        return now == ACKNOWLEDGED || now == DONE || now == LATE_INDEX;
    }

    /// Finds a home for chunks in every way there is: a pack of some index, a new pack, nothing real, the parent.
    private void home(World w, int b, int chunks, boolean first, Moves out) {
        home(w, b, new Homes(chunks, 0, 0, 0), first, out);
    }

    /// Trees are taken over unread only from a snapshot whose run is known to have ended well.
    private boolean finished(World w, int parent) {
        return parent == 0 || acknowledged(w, parent - 1) || in.has(Fault.UNFINISHED_PARENT);
    }

    private record Homes(int open, int rely, int fresh, int covered) {}

    private void home(World w, int b, Homes homes, boolean first, Moves out) {
        if (homes.open == 0) {
            settle(w.copy(), b, homes, out);
            return;
        }
        int chunk = Integer.lowestOneBit(homes.open);
        int open = homes.open & ~chunk;
        int known = w.indexed() & w.packsOf(chunk) & (first ? -1 : w.present());
        for (int rest = known; rest != 0; rest &= rest - 1) {
            int pack = Integer.lowestOneBit(rest);
            home(w, b, new Homes(open, homes.rely | pack, homes.fresh, homes.covered), first, out);
        }
        home(w, b, new Homes(open, homes.rely, homes.fresh | chunk, homes.covered), first, out);
        if (first) {
            home(w, b, new Homes(open, homes.rely, homes.fresh, homes.covered), true, out);
        }
        int parent = in.parents().get(b);
        if (first && parent >= 0 && w.rootOf(parent) == Root.LISTED && finished(w, parent)) {
            home(w, b, new Homes(open, homes.rely, homes.fresh, homes.covered | chunk), true, out);
        }
    }

    private void settle(World w, int b, Homes homes, Moves out) {
        w.planes[at.rely[b]] |= homes.rely;
        if (homes.covered != 0) {
            w.setMask(at.covered[b], homes.covered);
        }
        World next = out.change(w);
        if (homes.fresh == 0) {
            enter(next, b, 0);
            if (order[0] == Phase.NOTICE) {
                leave(next, b, 0, out);
            } else {
                out.emit(
                        next,
                        Layout.Axis.BACKUP,
                        b,
                        homes.rely == 0 ? "puts no pack" : "puts no pack; relies on",
                        homes.rely);
            }
        } else if (putPack(next, b, homes.fresh, out)) {
            if (in.indexes() == 0 || in.has(Fault.SNAPSHOT_BEFORE_INDEX)) {
                enter(next, b, 0);
            } else {
                next.fields[at.backupAt[b]] = INDEXING;
            }
            out.emit(next, Layout.Axis.BACKUP, b, "puts a pack; relies on", next.planes[at.rely[b]]);
        }
    }

    private boolean putPack(World w, int b, int chunks, Moves out) {
        int pack = w.freePack();
        if (pack < 0) {
            out.outOfBound();
            return false;
        }
        w.fields[at.backupAt[b]] = INDEXING;
        store.putPack(w, pack, chunks, out);
        w.planes[at.rely[b]] |= 1 << pack;
        if (in.indexes() > 0) {
            w.planes[at.pendingOfBackup[b]] |= 1 << pack;
        }
        return true;
    }

    private void index(World w, int b, Moves out) {
        int packs = w.planes[at.pendingOfBackup[b]];
        if (!store.putIndex(w, packs, out)) {
            return;
        }
        w.planes[at.pendingOfBackup[b]] = 0;
        if (in.drop() && w.fields[at.again[b]] != 0) {
            acknowledge(w, b);
        } else {
            enter(w, b, 0);
        }
        out.emit(w, Layout.Axis.BACKUP, b, "puts the INDEX of", packs);
    }

    private void enter(World w, int b, int i) {
        int phase = order[i];
        w.fields[at.backupAt[b]] = i + 1;
        if ((phase & Phase.PACKS) != 0) {
            int gone = ~w.present() | w.victims(w.mask(at.backupSees[b]));
            w.planes[at.bad[b]] |= w.planes[at.rely[b]] & gone;
            forgetListings(w, b);
        }
        if ((phase & Phase.SETS) != 0) {
            w.setMask(at.backupSees[b], w.mask(at.condemned));
        }
        if ((phase & Phase.PARENT) != 0 && in.parents().get(b) >= 0) {
            int root = w.rootOf(in.parents().get(b));
            boolean counts = root == Root.LISTED || root == Root.FORGOTTEN && in.has(Fault.FORGOTTEN_PARENT);
            w.fields[at.parentSeen[b]] = counts ? 1 : 0;
        }
    }

    /// Ends a phase and begins the next, all with the step that separates them.
    private void leave(World w, int b, int i, Moves out) {
        if (order[i] == Phase.NOTICE) {
            if (in.drop()) {
                w.fields[at.dropped[b]] = 0;
            }
            store.putNotice(w, b, out);
        }
        if ((order[i] & Phase.SETS) != 0) {
            w.planes[at.bad[b]] |= w.planes[at.rely[b]] & w.victims(w.mask(at.backupSees[b]));
        }
        int next = i + 1;
        while (next < order.length && order[next] == Phase.PARENT && covered(w, b) == 0) {
            next++;
        }
        if (next == order.length) {
            conclude(w, b, out);
        } else if (next > i + 1 || (order[next] & Phase.PACKS) == 0 || covered(w, b) == 0 || parentStands(w, b)) {
            goOn(w, b, next, out);
        } else {
            int chunks = covered(w, b);
            w.setMask(at.covered[b], 0);
            int last = next;
            walk(w, chunks, 0, packs -> {
                World walked = out.change(w);
                walked.planes[at.rely[b]] |= packs;
                goOn(walked, b, last, out);
            });
        }
    }

    private void goOn(World w, int b, int next, Moves out) {
        enter(w, b, next);
        String text = (order[next - 1] == Phase.NOTICE ? "puts its NOTICE, " : "") + Phase.text(order[next]);
        int relied = w.planes[at.rely[b]];
        out.emit(w, Layout.Axis.BACKUP, b, relied == 0 ? text : text + "; relies on", relied);
    }

    private int covered(World w, int b) {
        return at.covered.length == 0 ? 0 : w.mask(at.covered[b]);
    }

    private boolean parentStands(World w, int b) {
        if (in.has(Fault.PARENT_UNCHECKED)) {
            return true;
        }
        int condemned = w.mask(at.backupSees[b]);
        boolean safe = in.has(Fault.PARENT_STANDS_BY_ITS_LIST)
                ? (w.planes[at.parentList] & w.victims(condemned)) == 0
                : condemned == 0;
        return safe && w.fields[at.parentSeen[b]] == 1;
    }

    /// Every way to find the chunks of the parent's trees in an index.
    private void walk(World w, int chunks, int packs, Consumer<Integer> found) {
        if (chunks == 0) {
            found.accept(packs);
            return;
        }
        int chunk = Integer.lowestOneBit(chunks);
        walk(w, chunks & ~chunk, packs, found);
        for (int rest = w.indexed() & w.packsOf(chunk); rest != 0; rest &= rest - 1) {
            walk(w, chunks & ~chunk, packs | Integer.lowestOneBit(rest), found);
        }
    }

    private void conclude(World w, int b, Moves out) {
        int good = w.planes[at.rely[b]] & ~w.planes[at.bad[b]];
        int lost = in.backups().get(b) & ~covered(w, b) & ~w.chunksIn(good);
        w.planes[at.rely[b]] = good;
        w.planes[at.bad[b]] = 0;
        forgetListings(w, b);
        if (in.drop() && w.fields[at.again[b]] != 0) {
            mend(w, b, lost, out);
        } else if (lost == 0) {
            makeSnapshot(w, b, out);
        } else if (in.has(Fault.REHOME_NOT_VALIDATED)) {
            for (int rest = w.present() & w.packsOf(lost); rest != 0; rest &= rest - 1) {
                if ((lost & ~w.chunksIn(Integer.lowestOneBit(rest))) == 0) {
                    makeSnapshot(out.change(w), b, out);
                    break;
                }
            }
        } else {
            home(w, b, lost, false, out);
        }
    }

    private void forgetListings(World w, int b) {
        w.setMask(at.backupSees[b], 0);
        if (at.parentSeen.length > 0) {
            w.fields[at.parentSeen[b]] = 0;
        }
    }

    private void makeSnapshot(World w, int b, Moves out) {
        w.fields[at.backupAt[b]] = MADE;
        store.putSnapshot(w, b, out);
        boolean checks = in.drop() && !in.has(Fault.NOTICE_NOT_CHECKED);
        if (!checks) {
            acknowledge(w, b);
        }
        out.emit(w, Layout.Axis.BACKUP, b, checks ? "puts its SNAPSHOT" : "puts its SNAPSHOT and reports success", 0);
    }

    private void acknowledge(World w, int b) {
        boolean late = in.has(Fault.SNAPSHOT_BEFORE_INDEX) && w.planes[at.pendingOfBackup[b]] != 0;
        w.fields[at.backupAt[b]] = late ? LATE_INDEX : w.fields[at.notice[b]] != 0 ? ACKNOWLEDGED : DONE;
        w.planes[at.rely[b]] = 0;
        if (at.covered.length > 0) {
            w.setMask(at.covered[b], 0);
        }
        if (in.drop()) {
            w.fields[at.dropped[b]] = 0;
            w.fields[at.again[b]] = 0;
        }
    }

    private void lookAtNotice(World w, int b, Moves out) {
        if (w.fields[at.notice[b]] != 0) {
            acknowledge(w, b);
            out.emit(w, Layout.Axis.BACKUP, b, "finds its NOTICE and reports success", 0);
            return;
        }
        w.fields[at.again[b]] = 1;
        int i = 0;
        while ((order[i] & Phase.SETS) == 0) {
            i++;
        }
        enter(w, b, i);
        out.emit(w, Layout.Axis.BACKUP, b, "finds its NOTICE gone; lists condemned sets", 0);
    }

    /// The SNAPSHOT is there: what it has lost is put again, or it is annulled.
    private void mend(World w, int b, int lost, Moves out) {
        if (lost == 0) {
            acknowledge(w, b);
            out.emit(w, Layout.Axis.BACKUP, b, "has its listing; all is there: reports success", 0);
            return;
        }
        World mended = out.change(w);
        if (putPack(mended, b, lost, out)) {
            if (in.indexes() == 0) {
                acknowledge(mended, b);
            }
            out.emit(mended, Layout.Axis.BACKUP, b, "puts again what was lost; relies on", mended.planes[at.rely[b]]);
        }
        World annulled = out.change(w);
        annulled.fields[at.backupAt[b]] = ANNULLED;
        annulled.planes[at.rely[b]] = 0;
        if (at.covered.length > 0) {
            annulled.setMask(at.covered[b], 0);
        }
        annulled.fields[at.again[b]] = 0;
        annulled.fields[at.dropped[b]] = 0;
        store.endRoot(annulled, b + 1, Root.GONE, out);
        out.emit(annulled, Layout.Axis.BACKUP, b, "annuls its SNAPSHOT and fails", 0);
    }

    private void lateIndex(World w, int b, Moves out) {
        int packs = w.planes[at.pendingOfBackup[b]];
        if (store.putIndex(w, packs, out)) {
            w.planes[at.pendingOfBackup[b]] = 0;
            w.fields[at.backupAt[b]] = w.fields[at.notice[b]] != 0 ? ACKNOWLEDGED : DONE;
            out.emit(w, Layout.Axis.BACKUP, b, "puts the INDEX of", packs);
        }
    }

    private void end(World w, int b, Moves out) {
        w.fields[at.backupAt[b]] = DONE;
        if (w.fields[at.notice[b]] != 0) {
            store.deleteNotice(w, b, out);
        }
        out.emit(w, Layout.Axis.BACKUP, b, "deletes its NOTICE", 0);
    }
}
