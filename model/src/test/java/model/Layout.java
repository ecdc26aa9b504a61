package model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where each variable of a [World] is. A *field* is a small number, a *plane* a set of packs.
///
/// Each variable knows which actors and chunks it is about, so that a renaming of those is a permutation of variables.
final class Layout {

    enum Axis {
        NONE,
        BACKUP,
        PRUNE,
        CHUNK
    }

    /// One variable: a family, and what it is about.
    record Variable(String family, Axis first, int i, Axis second, int j) {}

    final int[] backupAt;
    final int[] notice;
    final int[] again;
    final int[] dropped;
    final int[] snapshot;
    final int[] parentSeen;
    final int[][] covered;
    final int[][] backupSees;

    final int[] pruneAt;
    final int[] condemned;
    final int[][] taken;
    final int[][] pruneSees;
    final int[][] noticeSeen;
    final int[][] snapshotSeen;
    final int[] oldSeen;
    final int[][] need;
    final int[][] lost;
    final int[][] indexSeen;

    final int old;
    final int[] index;
    final int strays;

    final int present;
    final int[] holds;
    final int[] victim;
    final int[] good;
    final int[] rely;
    final int[] bad;
    final int[] pendingOfBackup;
    final int[] pendingOfPrune;
    final int[] named;
    final int known;
    final int parentList;

    private final List<Variable> fields = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final List<Variable> planes = new ArrayList<>();

    Layout(Instance in) {
        int b = in.backups().size();
        int p = in.prunes();
        int c = in.chunks();
        boolean parents = in.parents().stream().anyMatch(parent -> parent >= 0);
        backupAt = fields("backup at", 4, Axis.BACKUP, b);
        notice = fields("notice", 1, Axis.BACKUP, b);
        again = fields("again", 1, Axis.BACKUP, in.drop() ? b : 0);
        dropped = fields("dropped", 1, Axis.BACKUP, in.drop() ? b : 0);
        snapshot = fields("snapshot", 2, Axis.BACKUP, b);
        parentSeen = fields("parent seen", 1, Axis.BACKUP, parents ? b : 0);
        covered = fields("covered", Axis.BACKUP, parents ? b : 0, Axis.CHUNK, c);
        backupSees = fields("backup sees", Axis.BACKUP, b, Axis.PRUNE, p);
        pruneAt = fields("prune at", 4, Axis.PRUNE, p);
        condemned = fields("condemned", 1, Axis.PRUNE, p);
        taken = fields("taken", Axis.PRUNE, p, Axis.PRUNE, p);
        pruneSees = fields("prune sees", Axis.PRUNE, p, Axis.PRUNE, p);
        noticeSeen = fields("notice seen", Axis.PRUNE, p, Axis.BACKUP, b);
        snapshotSeen = fields("snapshot seen", Axis.PRUNE, p, Axis.BACKUP, b);
        oldSeen = fields("old seen", 1, Axis.PRUNE, p);
        need = fields("need", Axis.PRUNE, p, Axis.CHUNK, c);
        lost = fields("lost", Axis.PRUNE, p, Axis.CHUNK, c);
        indexSeen = fields("index seen", Axis.PRUNE, p, Axis.NONE, in.indexes());
        old = field(new Variable("old", Axis.NONE, 0, Axis.NONE, 0), 2);
        index = fields("index", 1, Axis.NONE, in.indexes());
        strays = in.strays() == 0 ? -1 : field(new Variable("strays", Axis.NONE, 0, Axis.NONE, 0), 2);

        boolean indexed = in.indexes() > 0;
        present = planes("present", Axis.NONE, 1)[0];
        holds = planes("holds", Axis.CHUNK, c);
        victim = planes("victim", Axis.PRUNE, p);
        good = planes("good", Axis.PRUNE, p);
        rely = planes("rely", Axis.BACKUP, b);
        bad = planes("bad", Axis.BACKUP, b);
        pendingOfBackup = planes("pending of backup", Axis.BACKUP, indexed ? b : 0);
        pendingOfPrune = planes("pending of prune", Axis.PRUNE, indexed ? p : 0);
        named = planes("named", Axis.NONE, in.indexes());
        known = indexed ? planes("known", Axis.NONE, 1)[0] : -1;
        parentList = in.has(Fault.PARENT_STANDS_BY_ITS_LIST) ? planes("parent list", Axis.NONE, 1)[0] : -1;
    }

    int fieldCount() {
        return fields.size();
    }

    int planeCount() {
        return planes.size();
    }

    int width(int field) {
        return widths.get(field);
    }

    /// Where this layout has each field of a smaller one.
    int[] fieldsOf(Layout smaller) {
        return smaller.fields.stream().mapToInt(fields::indexOf).toArray();
    }

    /// Where this layout has each plane of a smaller one.
    int[] planesOf(Layout smaller) {
        return smaller.planes.stream().mapToInt(planes::indexOf).toArray();
    }

    /// For each field, and for each plane, where it is found after a renaming.
    int[][] renamed(int[] backups, int[] prunes, int[] chunks) {
        return new int[][] {
            renamed(fields, backups, prunes, chunks), renamed(planes, backups, prunes, chunks),
        };
    }

    private static int[] renamed(List<Variable> variables, int[] backups, int[] prunes, int[] chunks) {
        Map<Variable, Integer> places = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            places.put(variables.get(i), i);
        }
        int[] renamed = new int[variables.size()];
        for (int i = 0; i < renamed.length; i++) {
            Variable v = variables.get(i);
            Variable other = new Variable(
                    v.family,
                    v.first,
                    renamed(v.first, v.i, backups, prunes, chunks),
                    v.second,
                    renamed(v.second, v.j, backups, prunes, chunks));
            renamed[i] = places.get(other);
        }
        return renamed;
    }

    private static int renamed(Axis axis, int i, int[] backups, int[] prunes, int[] chunks) {
        return switch (axis) {
            case NONE -> i;
            case BACKUP -> backups[i];
            case PRUNE -> prunes[i];
            case CHUNK -> chunks[i];
        };
    }

    private int field(Variable variable, int width) {
        fields.add(variable);
        widths.add(width);
        return fields.size() - 1;
    }

    private int[] fields(String family, int width, Axis axis, int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = field(new Variable(family, axis, i, Axis.NONE, 0), width);
        }
        return places;
    }

    private int[][] fields(String family, Axis first, int count, Axis second, int each) {
        int[][] places = new int[count][each];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < each; j++) {
                places[i][j] = field(new Variable(family, first, i, second, j), 1);
            }
        }
        return places;
    }

    private int[] planes(String family, Axis axis, int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            planes.add(new Variable(family, axis, i, Axis.NONE, 0));
            places[i] = planes.size() - 1;
        }
        return places;
    }
}
