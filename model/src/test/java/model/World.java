package model;

/// Everything there is at one moment: the store, and what each actor knows.
final class World {

    final Instance in;
    final Layout at;
    final int[] fields;
    final int[] planes;

    World(Instance in, Layout at) {
        this(in, at, new int[at.fieldCount()], new int[at.planeCount()]);
    }

    World(Instance in, Layout at, int[] fields, int[] planes) {
        this.in = in;
        this.at = at;
        this.fields = fields;
        this.planes = planes;
    }

    static World initial(Instance in, Layout at) {
        World world = new World(in, at);
        world.fields[at.old] = Root.LISTED;
        for (int i = 0; i < in.initial().size(); i++) {
            world.create(i, in.initial().get(i));
            if (in.indexes() > 0) {
                world.planes[at.known] |= 1 << i;
                world.planes[at.named[0]] |= 1 << i;
                world.fields[at.index[0]] = 1;
            }
        }
        if (at.parentList >= 0) {
            world.planes[at.parentList] = world.planes[at.present];
        }
        return world;
    }

    World copy() {
        return new World(in, at, fields.clone(), planes.clone());
    }

    int present() {
        return planes[at.present];
    }

    /// The packs whose names anybody still knows.
    int packs() {
        int all = 0;
        for (int holder : at.holds) {
            all |= planes[holder];
        }
        return all;
    }

    /// The packs that a backup may find in an index, however old.
    int indexed() {
        return in.indexes() > 0 ? planes[at.known] : packs();
    }

    /// The chunks in one pack.
    int chunksOf(int pack) {
        int chunks = 0;
        for (int c = 0; c < at.holds.length; c++) {
            chunks |= (planes[at.holds[c]] >> pack & 1) << c;
        }
        return chunks;
    }

    /// The chunks in any of several packs.
    int chunksIn(int packs) {
        int chunks = 0;
        for (int c = 0; c < at.holds.length; c++) {
            chunks |= (planes[at.holds[c]] & packs) != 0 ? 1 << c : 0;
        }
        return chunks;
    }

    /// The packs that hold any of several chunks.
    int packsOf(int chunks) {
        int packs = 0;
        for (int c = 0; c < at.holds.length; c++) {
            packs |= (chunks >> c & 1) != 0 ? planes[at.holds[c]] : 0;
        }
        return packs;
    }

    /// A number that no pack has, or -1 when the bound is reached.
    int freePack() {
        int free = Integer.numberOfTrailingZeros(~packs());
        return free < in.packs() ? free : -1;
    }

    void create(int pack, int chunks) {
        planes[at.present] |= 1 << pack;
        for (int c = 0; c < at.holds.length; c++) {
            if ((chunks >> c & 1) != 0) {
                planes[at.holds[c]] |= 1 << pack;
            }
        }
    }

    /// A mask of the one-bit fields.
    int mask(int[] places) {
        int mask = 0;
        for (int i = 0; i < places.length; i++) {
            mask |= fields[places[i]] << i;
        }
        return mask;
    }

    void setMask(int[] places, int mask) {
        for (int i = 0; i < places.length; i++) {
            fields[places[i]] = mask >> i & 1;
        }
    }

    /// All packs that the given condemned sets name.
    int victims(int sets) {
        int packs = 0;
        for (int k = 0; k < at.victim.length; k++) {
            packs |= (sets >> k & 1) != 0 ? planes[at.victim[k]] : 0;
        }
        return packs;
    }

    int rootOf(int snapshot) {
        return fields[snapshot == 0 ? at.old : at.snapshot[snapshot - 1]];
    }

    /// Forgets what nobody can look at any more, so that worlds that differ in nothing else are one.
    void tidy() {
        for (int k = 0; k < at.victim.length; k++) {
            if (!matters(k)) {
                planes[at.victim[k]] = 0;
            } else if (in.faults().isEmpty() && in.indexes() == 0) {
                planes[at.victim[k]] &= present(); // nobody asks whether a pack that is gone was condemned
            }
        }
        for (int i = 0; i < at.named.length; i++) {
            boolean matters = fields[at.index[i]] != 0;
            for (int[] seen : at.indexSeen) {
                matters |= fields[seen[i]] != 0;
            }
            planes[at.named[i]] = matters ? planes[at.named[i]] : 0;
        }
        int kept = present();
        for (int q = at.holds[at.holds.length - 1] + 1; q < planes.length; q++) {
            kept |= q == at.known ? 0 : planes[q];
        }
        for (int holder : at.holds) {
            planes[holder] &= kept;
        }
        if (at.known >= 0) {
            planes[at.known] &= kept;
        }
    }

    private boolean matters(int set) {
        if (fields[at.condemned[set]] != 0) {
            return true;
        }
        boolean matters = false;
        for (int[] seen : at.backupSees) {
            matters |= fields[seen[set]] != 0;
        }
        for (int k = 0; k < at.pruneAt.length; k++) {
            matters |= fields[at.pruneSees[k][set]] != 0;
            matters |= fields[at.taken[k][set]] != 0 && (planes[at.victim[set]] & present()) != 0;
        }
        return matters;
    }
}
