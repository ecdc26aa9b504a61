package model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From every world each backup and each prune that has begun comes to its end when all others have stopped for ever.
///
/// So nobody waits for anybody: an actor can only be kept going by others that do something.
final class Ending implements Check {

    /// Many more steps than any run alone takes.
    private static final int STEPS = 60;

    private final Protocol protocol;

    private final Wider wider;

    Ending(Instance in, Layout narrow) {
        wider = new Wider(in, narrow, 0);
        protocol = new Protocol(wider.in, wider.at);
    }

    @Override
    public Optional<String> broken(World narrow) {
        World world = wider.widen(narrow);
        for (int b = 0; b < world.at.backupAt.length; b++) {
            if (!backupEnds(world, b)) {
                return Optional.of("a backup does not end alone");
            }
        }
        for (int k = 0; k < world.at.pruneAt.length; k++) {
            if (world.fields[world.at.pruneAt[k]] != Prune.START && !pruneEnds(world, k)) {
                return Optional.of("a prune does not end alone");
            }
        }
        return Optional.empty();
    }

    /// The first choice of homes is the worst there is, the later ones are new packs.
    private boolean backupEnds(World from, int b) {
        World world = from;
        for (int steps = 0; steps < STEPS; steps++) {
            List<World> next = new ArrayList<>();
            Moves out = new Moves((w, step) -> next.add(w), false);
            protocol.backup.moves(world, b, out);
            if (next.isEmpty()) {
                int now = world.fields[world.at.backupAt[b]];
                return now == Backup.DONE || now == Backup.ANNULLED;
            }
            world = next.getLast();
        }
        return false;
    }

    private boolean pruneEnds(World from, int k) {
        World world = from;
        boolean missed = false;
        for (int steps = 0; steps < STEPS; steps++) {
            List<World> next = new ArrayList<>();
            List<Moves.Step> taken = new ArrayList<>();
            Moves out = new Moves(
                    (w, step) -> {
                        next.add(w);
                        taken.add(step);
                    },
                    true);
            protocol.prune.moves(world, k, out);
            if (next.isEmpty()) {
                return world.fields[world.at.pruneAt[k]] == Prune.DONE;
            }
            boolean misses = taken.getFirst().text().equals(Prune.MISSES);
            world = misses && missed ? next.getLast() : next.getFirst();
            missed |= misses;
        }
        return false;
    }
}
