package model;

import java.util.Random;

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
        for (int actor = 0; actor <= in.backups().size() + in.prunes(); actor++) {
            moves(world, actor, out);
        }
    }

    /// What one actor, taken at random among those that can do something, may do.
    void next(World world, Random random, Moves out) {
        int actors = in.backups().size() + in.prunes() + 1;
        int first = random.nextInt(actors);
        int offered = out.emitted();
        for (int i = 0; i < actors && out.emitted() == offered; i++) {
            moves(world, (first + i) % actors, out);
        }
    }

    private void moves(World world, int actor, Moves out) {
        int backups = in.backups().size();
        if (actor < backups) {
            backup.moves(world, actor, out);
        } else if (actor < backups + in.prunes()) {
            prune.moves(world, actor - backups, out);
        } else {
            surroundings.moves(world, out);
        }
    }
}
