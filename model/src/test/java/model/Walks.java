package model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// Goes through an instance at random, each time from the beginning until nothing more can happen.
///
/// For instances that are too large to be visited whole: a walk goes to the end, where a bounded search does not come.
final class Walks {

    /// Longer than any walk that does not go in circles.
    private static final int LONGEST = 400;

    private final Instance in;
    private final Layout at;
    private final Coder coder;
    private final Protocol protocol;
    private final List<Check> checks;

    Walks(Instance in) {
        this.in = in;
        at = new Layout(in);
        coder = new Coder(in, at, true);
        protocol = new Protocol(in, at);
        checks = List.of(new Safety(in, at, protocol.backup), new Ending(in, at), new Cleaning(in, at));
    }

    /// The same seed gives the same walks.
    Result walk(int walks, long seed) {
        long start = System.nanoTime();
        Random random = new Random(seed);
        Visited visited = new Visited(coder.words());
        String loss = "";
        Deque<World> path = new ArrayDeque<>();
        for (int i = 0; i < walks && loss.isEmpty(); i++) {
            path.clear();
            loss = walk(random, visited, path).orElse("");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> trace = loss.isEmpty() ? List.of() : trace(path);
        String extent = String.format(Locale.ROOT, "%,d walks to the end, seed %d", walks, seed);
        return new Result(in.name(), visited.size(), extent, loss, trace, seconds);
    }

    private Optional<String> walk(Random random, Visited visited, Deque<World> path) {
        long[] code = new long[coder.words()];
        World world = World.initial(in, at);
        for (int steps = 0; steps < LONGEST; steps++) {
            coder.write(world, code);
            world = coder.read(code);
            path.add(world);
            if (visited.add(code, 0)) {
                for (Check check : checks) {
                    Optional<String> broken = check.broken(world);
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
            }
            Choice choice = new Choice(random);
            protocol.next(world, random, new Moves((next, step) -> choice.offer(next), false));
            if (choice.chosen.isEmpty()) {
                break;
            }
            world = choice.chosen.get();
        }
        return Optional.empty();
    }

    /// One of those offered, each as likely as the other.
    private static final class Choice {

        private final Random random;
        private Optional<World> chosen = Optional.empty();
        private int offered;

        Choice(Random random) {
            this.random = random;
        }

        void offer(World world) {
            if (random.nextInt(++offered) == 0) {
                chosen = Optional.of(world);
            }
        }
    }

    private List<String> trace(Deque<World> path) {
        List<long[]> codes = new ArrayList<>();
        for (World world : path) {
            long[] code = new long[coder.words()];
            coder.write(world, code);
            codes.add(code);
        }
        return new Trace(in, at, coder, protocol).describe(codes);
    }
}
