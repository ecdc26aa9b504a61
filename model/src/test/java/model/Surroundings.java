package model;

/// What others do at any time: forget snapshots, drop notices, put an INDEX for packs of long ago.
final class Surroundings {

    private final Instance in;
    private final Layout at;
    private final Store store;

    Surroundings(Instance in, Layout at, Store store) {
        this.in = in;
        this.at = at;
        this.store = store;
    }

    void moves(World w, Moves out) {
        int last = switch (in.forget()) {
            case NOTHING -> -1;
            case FIRST -> 0;
            case ALL -> at.snapshot.length;
        };
        for (int snapshot = 0; snapshot <= last; snapshot++) {
            forget(w, snapshot, out);
        }
        if (in.drop()) {
            for (int b = 0; b < at.notice.length; b++) {
                drop(w, b, out);
            }
        }
        if (at.strays >= 0 && w.fields[at.strays] < in.strays()) {
            stray(w, out);
        }
    }

    private void forget(World w, int snapshot, Moves out) {
        int state = w.rootOf(snapshot);
        if (state == Root.LISTED) {
            World next = out.change(w);
            store.endRoot(next, snapshot, in.has(Fault.FORGOTTEN_PARENT) ? Root.FORGOTTEN : Root.GONE, out);
            String text = snapshot == 0 ? "forgets the first snapshot" : "forgets the snapshot of a backup";
            out.emit(next, Layout.Axis.NONE, snapshot, text, 0);
        } else if (state == Root.FORGOTTEN) {
            World next = out.change(w);
            next.fields[snapshot == 0 ? at.old : at.snapshot[snapshot - 1]] = Root.GONE;
            out.emit(next, Layout.Axis.NONE, snapshot, "deletes the forgotten SNAPSHOT", 0);
        }
    }

    private void drop(World w, int b, Moves out) {
        if (w.fields[at.notice[b]] == 0) {
            return;
        }
        World next = out.change(w);
        store.deleteNotice(next, b, out);
        int now = w.fields[at.backupAt[b]];
        if (now == Backup.ACKNOWLEDGED || now == Backup.LATE_INDEX) {
            next.fields[at.backupAt[b]] = now == Backup.ACKNOWLEDGED ? Backup.DONE : now;
        } else {
            next.fields[at.dropped[b]] = 1;
        }
        out.emit(next, Layout.Axis.NONE, b, "drops the NOTICE of a backup", 0);
    }

    /// A slow backup, or a slow prune that rewrites: what it names was in an INDEX once, and may be gone.
    private void stray(World w, Moves out) {
        int packs = w.packs();
        for (int rest = packs; rest != 0; rest &= rest - 1) {
            World next = out.change(w);
            if (store.putIndex(next, Integer.lowestOneBit(rest), out)) {
                next.fields[at.strays]++;
                out.emit(next, Layout.Axis.NONE, 0, "puts late the INDEX of", Integer.lowestOneBit(rest));
            }
        }
    }
}
