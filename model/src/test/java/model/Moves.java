package model;

/// Collects what may follow a world.
///
/// A change of the store is seen or not by each listing that is under way. Such doubts are noted by the methods of
/// [Store] and
/// settled here: every combination becomes a world of its own.
final class Moves {

    /// Takes one world that may follow.
    interface Sink {
        void accept(World world, Step step);
    }

    /// What was done: by an actor, with packs, and what listings under way made of it.
    record Step(Layout.Axis kind, int actor, String text, int packs, boolean noticed) {}

    private static final Step SILENT = new Step(Layout.Axis.NONE, 0, "", 0, false);

    private final Sink sink;
    private final boolean told;
    private final int[] variable = new int[32];
    private final int[] bit = new int[32];
    private int doubts;
    private boolean bounded;
    private int emitted;

    /// @param told whether steps are described; silence is faster
    Moves(Sink sink, boolean told) {
        this.sink = sink;
        this.told = told;
    }

    /// A copy to change; forgets doubts about the one before.
    World change(World world) {
        doubts = 0;
        return world.copy();
    }

    /// A listing may or may not show a change: the other value of a field.
    void doubtField(int field) {
        variable[doubts] = field;
        bit[doubts++] = -1;
    }

    /// The same for a pack in a plane.
    void doubtPack(int plane, int pack) {
        variable[doubts] = plane;
        bit[doubts++] = pack;
    }

    /// An actor would have needed one object more than the bound allows.
    void outOfBound() {
        bounded = true;
    }

    /// How many worlds there were so far.
    int emitted() {
        return emitted;
    }

    boolean bounded() {
        return bounded;
    }

    void emit(World world, Layout.Axis kind, int actor, String text, int packs) {
        int count = doubts;
        doubts = 0;
        for (int chosen = 0; chosen < 1 << count; chosen++) {
            World next = chosen == (1 << count) - 1 ? world : world.copy();
            for (int d = 0; d < count; d++) {
                if ((chosen >> d & 1) != 0) {
                    flip(next, d);
                }
            }
            Step step = told ? new Step(kind, actor, text, packs, chosen != 0) : SILENT;
            next.tidy();
            emitted++;
            sink.accept(next, step);
        }
    }

    private void flip(World world, int doubt) {
        if (bit[doubt] < 0) {
            world.fields[variable[doubt]] ^= 1;
        } else {
            world.planes[variable[doubt]] ^= 1 << bit[doubt];
        }
    }
}
