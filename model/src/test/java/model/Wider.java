package model;

/// The same world with more room: further prunes, packs and INDEX objects, so that no bound stops who goes on alone.
final class Wider {

    final Instance in;
    final Layout at;
    private final int[] fields;
    private final int[] planes;

    Wider(Instance narrow, Layout from, int prunes) {
        in = new Instance(
                narrow.name(),
                narrow.chunks(),
                narrow.packs() + 4,
                narrow.initial(),
                narrow.backups(),
                narrow.parents(),
                narrow.prunes() + prunes,
                narrow.forget(),
                narrow.drop(),
                narrow.indexes() == 0 ? 0 : narrow.indexes() + 6,
                narrow.strays(),
                narrow.deepest(),
                narrow.faults());
        at = new Layout(in);
        fields = at.fieldsOf(from);
        planes = at.planesOf(from);
    }

    World widen(World world) {
        World wide = new World(in, at);
        for (int i = 0; i < fields.length; i++) {
            wide.fields[fields[i]] = world.fields[i];
        }
        for (int i = 0; i < planes.length; i++) {
            wide.planes[planes[i]] = world.planes[i];
        }
        return wide;
    }
}
