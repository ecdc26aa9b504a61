package model;

/// What an actor does in order. The listings are bits: a phase of two is one listing of both kinds.
final class Phase {

    /// A backup puts its NOTICE.
    static final int NOTICE = 1;
    /// Condemned sets are listed, and with them INDEX objects of packs.
    static final int SETS = 2;
    /// A backup looks whether its parent is still a root.
    static final int PARENT = 4;
    static final int PACKS = 8;
    /// A prune puts its condemned set.
    static final int CONDEMN = 16;
    static final int NOTICES = 32;
    static final int SNAPSHOTS = 64;

    private Phase() {}

    static int[] ofBackup(Instance in) {
        if (in.has(Fault.NO_VALIDATION)) {
            return new int[] {NOTICE};
        } else if (in.has(Fault.NO_NOTICE)) {
            return new int[] {SETS, PARENT, PACKS};
        } else if (in.has(Fault.BACKUP_LISTS_PACKS_FIRST)) {
            return new int[] {NOTICE, PACKS, SETS};
        } else if (in.has(Fault.BACKUP_LISTS_ALL_AT_ONCE)) {
            return new int[] {NOTICE, SETS | PACKS};
        } else if (in.has(Fault.PARENT_BEFORE_NOTICE)) {
            return new int[] {PARENT, NOTICE, SETS, PACKS};
        } else if (in.has(Fault.PARENT_UNCHECKED)) {
            return new int[] {NOTICE, SETS, PACKS};
        }
        return new int[] {NOTICE, SETS, PARENT, PACKS};
    }

    static int[] ofPrune(Instance in) {
        if (in.has(Fault.PRUNE_LISTS_ROOTS_FIRST)) {
            return new int[] {NOTICES, SNAPSHOTS, CONDEMN, SETS, PACKS};
        } else if (in.has(Fault.PRUNE_LISTS_SNAPSHOTS_FIRST)) {
            return new int[] {CONDEMN, SNAPSHOTS, NOTICES, SETS, PACKS};
        } else if (in.has(Fault.PRUNE_LISTS_ROOTS_AT_ONCE)) {
            return new int[] {CONDEMN, NOTICES | SNAPSHOTS, SETS, PACKS};
        } else if (in.has(Fault.PRUNE_LISTS_PACKS_FIRST)) {
            return new int[] {CONDEMN, NOTICES, SNAPSHOTS, PACKS, SETS};
        }
        return new int[] {CONDEMN, NOTICES, SNAPSHOTS, SETS, PACKS};
    }

    /// What an actor does that enters a phase.
    static String text(int phase) {
        return switch (phase) {
            case SETS -> "lists condemned sets";
            case PARENT -> "looks at its parent";
            case PACKS -> "lists packs";
            case NOTICES -> "lists notices";
            case SNAPSHOTS -> "lists snapshots";
            case NOTICES | SNAPSHOTS -> "lists notices and snapshots at once";
            case SETS | PACKS -> "lists condemned sets and packs at once";
            case NOTICE -> "is about to put its NOTICE";
            default -> "is about to condemn";
        };
    }

    /// The phase of an actor that is at `at`, or 0 if it is not in one.
    static int of(int[] order, int at) {
        return at >= 1 && at <= order.length ? order[at - 1] : 0;
    }
}
