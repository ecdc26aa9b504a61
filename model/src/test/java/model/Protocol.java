package model;

/// All actors together.
final class Protocol {

    final Backup backup;
    final Prune prune;
    final Store store;
    private final Instance in;
    private final Surroundings surroundings;

    Protocol(Instance in, Layout at) {
        this.in = in;
        store = new Store(in, at);
        backup = new Backup(in, at, store);
        prune = new Prune(in, at, store);
        surroundings = new Surroundings(in, at, store);
    }

    void moves(World world, Moves out) {
        for (int b = 0; b < in.backups().size(); b++) {
            backup.moves(world, b, out);
        }
        for (int k = 0; k < in.prunes(); k++) {
            prune.moves(world, k, out);
        }
        surroundings.moves(world, out);
    }
}
