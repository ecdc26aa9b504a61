package model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes a world as a few numbers, and reads it again.
///
/// Worlds that differ only in the names of packs, chunks or like actors are one: of all renamings the one with the
/// smallest
/// numbers is written. Packs are sorted by what is known about each; of the renamings of actors and chunks all are
/// tried
/// (Clarke, Enders, Filkorn, Jha: "Exploiting symmetry in temporal logic model checking", 1996).
final class Coder {

    private final Instance in;
    private final Layout at;
    private final List<Renaming> renamings = new ArrayList<>();
    private final int[] word;
    private final int[] shift;
    private final int fieldWords;
    private final int columnsPerWord;
    private final int columnBits;
    private final int words;
    private final long[][] candidates;
    private final long[] columns;
    private final long[] attempt;

    /// A renaming, as the new place of each field and each plane.
    record Renaming(int[] backups, int[] prunes, int[] chunks, int[] fields, int[] planes) {}

    /// @param renames whether worlds that differ in names of actors and chunks are one
    Coder(Instance in, Layout at, boolean renames) {
        this.in = in;
        this.at = at;
        word = new int[at.fieldCount()];
        shift = new int[at.fieldCount()];
        int used = 0;
        for (int f = 0; f < word.length; f++) {
            if (used / 64 != (used + at.width(f) - 1) / 64) {
                used = (used / 64 + 1) * 64;
            }
            word[f] = used / 64;
            shift[f] = used % 64;
            used += at.width(f);
        }
        fieldWords = (used + 63) / 64;
        columnBits = at.planeCount();
        columnsPerWord = 64 / columnBits;
        words = fieldWords + (in.packs() + columnsPerWord - 1) / columnsPerWord;
        findRenamings(renames);
        candidates = new long[renamings.size()][fieldWords];
        columns = new long[in.packs()];
        attempt = new long[words];
    }

    int words() {
        return words;
    }

    int bits() {
        return words * 64;
    }

    /// Writes a world in its smallest form and answers the renaming that gives it.
    Renaming write(World w, long[] to) {
        int best = -1;
        for (int r = 0; r < candidates.length; r++) {
            writeFields(w, renamings.get(r), candidates[r]);
            if (best < 0 || less(candidates[r], candidates[best], fieldWords)) {
                best = r;
            }
        }
        int chosen = -1;
        for (int r = best; r < candidates.length; r++) {
            if (!Arrays.equals(candidates[r], candidates[best])) {
                continue;
            }
            System.arraycopy(candidates[r], 0, attempt, 0, fieldWords);
            writePacks(w, renamings.get(r), attempt);
            if (chosen < 0 || less(attempt, to, words)) {
                System.arraycopy(attempt, 0, to, 0, words);
                chosen = r;
            }
        }
        return renamings.get(chosen);
    }

    private void writeFields(World w, Renaming renaming, long[] to) {
        Arrays.fill(to, 0);
        for (int f = 0; f < word.length; f++) {
            int value = w.fields[f];
            if (value != 0) {
                int place = renaming.fields[f];
                to[word[place]] |= (long) value << shift[place];
            }
        }
    }

    /// The column of a pack: its bit in every plane.
    long column(World w, Renaming renaming, int pack) {
        long column = 0;
        for (int q = 0; q < columnBits; q++) {
            column |= (long) (w.planes[q] >> pack & 1) << renaming.planes[q];
        }
        return column;
    }

    private void writePacks(World w, Renaming renaming, long[] to) {
        int used = 0;
        for (int rest = w.packs(); rest != 0; rest &= rest - 1) {
            long column = column(w, renaming, Integer.numberOfTrailingZeros(rest));
            int i = used++;
            for (; i > 0 && columns[i - 1] < column; i--) {
                columns[i] = columns[i - 1];
            }
            columns[i] = column;
        }
        for (int i = fieldWords; i < words; i++) {
            to[i] = 0;
        }
        for (int i = 0; i < used; i++) {
            to[fieldWords + i / columnsPerWord] |= columns[i] << i % columnsPerWord * columnBits;
        }
    }

    World read(long[] from) {
        World w = new World(in, at);
        for (int f = 0; f < word.length; f++) {
            w.fields[f] = (int) (from[word[f]] >>> shift[f]) & (1 << at.width(f)) - 1;
        }
        long mask = (1L << columnBits) - 1;
        for (int i = 0; i < in.packs(); i++) {
            long column = from[fieldWords + i / columnsPerWord] >>> i % columnsPerWord * columnBits & mask;
            for (; column != 0; column &= column - 1) {
                w.planes[Long.numberOfTrailingZeros(column)] |= 1 << i;
            }
        }
        return w;
    }

    private static boolean less(long[] a, long[] b, int count) {
        for (int i = 0; i < count; i++) {
            if (a[i] != b[i]) {
                return Long.compareUnsigned(a[i], b[i]) < 0;
            }
        }
        return false;
    }

    private void findRenamings(boolean renames) {
        for (int[] backups : permutations(in.backups().size())) {
            for (int[] chunks : permutations(in.chunks())) {
                if (alike(backups, chunks)) {
                    for (int[] prunes : permutations(in.prunes())) {
                        int[][] places = at.renamed(backups, prunes, chunks);
                        if (!renames && !renamings.isEmpty()) {
                            return; // the first is the identity
                        }
                        renamings.add(new Renaming(backups, prunes, chunks, places[0], places[1]));
                    }
                }
            }
        }
    }

    /// Whether each backup stores and compares what the one does whose name it gets.
    private boolean alike(int[] backups, int[] chunks) {
        for (int b = 0; b < backups.length; b++) {
            int stored = 0;
            for (int c = 0; c < chunks.length; c++) {
                stored |= (in.backups().get(b) >> c & 1) << chunks[c];
            }
            int parent = in.parents().get(b);
            int renamedParent = parent <= 0 ? parent : backups[parent - 1] + 1;
            if (stored != in.backups().get(backups[b])
                    || renamedParent != in.parents().get(backups[b])) {
                return false;
            }
        }
        return true;
    }

    private static List<int[]> permutations(int n) {
        List<int[]> all = new ArrayList<>();
        permute(new int[n], 0, 0, all);
        return all;
    }

    private static void permute(int[] chosen, int count, int used, List<int[]> all) {
        if (count == chosen.length) {
            all.add(chosen.clone());
        }
        for (int i = 0; i < chosen.length; i++) {
            if ((used >> i & 1) == 0 && count < chosen.length) {
                chosen[count] = i;
                permute(chosen, count + 1, used | 1 << i, all);
            }
        }
    }
}
