package model;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A bounded world to explore.
///
/// @param name what the output calls it
/// @param chunks how many chunks there are, 1 to 3; a set of chunks is a bit mask
/// @param packs how many packs may matter at one time, up to 12; an actor that would need one more stops there
/// @param initial the chunks of each pack of the one snapshot that is there at the beginning
/// @param backups the chunks that each backup stores
/// @param parents the snapshot each backup compares with: -1 none, 0 the one of the beginning, n that of backup n-1
/// @param prunes how many prunes
/// @param forget which snapshots are forgotten, each at any time
/// @param drop whether notices are dropped, each at any time
/// @param indexes how many INDEX objects of packs may be there at one time; 0 leaves them out: a pack is known once it
/// is put
/// @param strays how many INDEX objects a slow participant may put for packs that may be gone by then
/// @param deepest the longest path looked at
/// @param faults what is done otherwise than docs/deletion.md says
record Instance(
        String name,
        int chunks,
        int packs,
        List<Integer> initial,
        List<Integer> backups,
        List<Integer> parents,
        int prunes,
        Forgetting forget,
        boolean drop,
        int indexes,
        int strays,
        int deepest,
        Set<Fault> faults) {

    enum Forgetting {
        NOTHING,
        FIRST,
        ALL
    }

    Instance {
        if (chunks < 1 || chunks > 3 || packs < initial.size() || packs > 12 || parents.size() != backups.size()) {
            throw new IllegalArgumentException("instance " + name);
        }
    }

    /// `backups` backups of all chunks that compare with nothing, and a repository with one pack of all chunks.
    static Instance of(int backups, int prunes, int chunks, int packs) {
        int all = (1 << chunks) - 1;
        return new Instance(
                count(backups, "backup") + ", " + count(prunes, "prune") + ", " + count(chunks, "chunk"),
                chunks,
                packs,
                List.of(all),
                Collections.nCopies(backups, all),
                Collections.nCopies(backups, -1),
                prunes,
                Forgetting.NOTHING,
                false,
                0,
                0,
                Integer.MAX_VALUE,
                Set.of());
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    Instance forgetting(Forgetting which) {
        String told = which == Forgetting.NOTHING ? "" : which == Forgetting.FIRST ? ", forget first" : ", forget all";
        return new Instance(
                name + told,
                chunks,
                packs,
                initial,
                backups,
                parents,
                prunes,
                which,
                drop,
                indexes,
                strays,
                deepest,
                faults);
    }

    /// Notices are dropped at any time.
    Instance dropping() {
        return new Instance(
                name + ", drop notices",
                chunks,
                packs,
                initial,
                backups,
                parents,
                prunes,
                forget,
                true,
                indexes,
                strays,
                deepest,
                faults);
    }

    /// Every backup compares with the first snapshot.
    Instance comparing() {
        List<Integer> first = Collections.nCopies(backups.size(), 0);
        return new Instance(
                name + ", parent",
                chunks,
                packs,
                initial,
                backups,
                first,
                prunes,
                forget,
                drop,
                indexes,
                strays,
                deepest,
                faults);
    }

    /// Every backup compares with the snapshot of the backup before it.
    Instance chained() {
        List<Integer> before = IntStream.range(0, backups.size()).boxed().toList();
        return new Instance(
                name + ", chain",
                chunks,
                packs,
                initial,
                backups,
                before,
                prunes,
                forget,
                drop,
                indexes,
                strays,
                deepest,
                faults);
    }

    Instance indexing(int objects, int late) {
        return new Instance(
                name + ", INDEX objects" + (late == 0 ? "" : ", some late"),
                chunks,
                packs,
                initial,
                backups,
                parents,
                prunes,
                forget,
                drop,
                objects,
                late,
                deepest,
                faults);
    }

    Instance to(int depth) {
        return new Instance(
                name, chunks, packs, initial, backups, parents, prunes, forget, drop, indexes, strays, depth, faults);
    }

    Instance with(Fault fault) {
        return new Instance(
                fault.meaning,
                chunks,
                packs,
                initial,
                backups,
                parents,
                prunes,
                forget,
                drop,
                indexes,
                strays,
                deepest,
                Set.of(fault));
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
