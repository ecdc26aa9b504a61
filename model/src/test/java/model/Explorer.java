package model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Visits every world that can be reached, nearest first, and looks whether it is safe.
///
/// An actor may stop for ever at any step: that is a path on which it does nothing more, so it needs no step of its
/// own.
final class Explorer {

    private final Instance in;
    private final Layout at;
    private final Coder coder;
    private final Protocol protocol;
    private final Visited visited;
    private final List<Check> checks = new ArrayList<>();
    private final long[] code;
    private int from;
    private int broken = -1;
    private String loss = "";

    /// @param alone whether it is also tried, from every world, what each actor can do alone
    Explorer(Instance in, boolean alone) {
        this.in = in;
        at = new Layout(in);
        coder = new Coder(in, at, true);
        protocol = new Protocol(in, at);
        visited = new Visited(coder.words());
        code = new long[coder.words()];
        checks.add(new Safety(in, at, protocol.backup));
        if (alone) {
            checks.add(new Ending(in, at));
            checks.add(new Cleaning(in, at));
        }
    }

    Result explore() {
        long start = System.nanoTime();
        Moves out = new Moves((world, step) -> take(world), false);
        from = -1;
        take(World.initial(in, at));
        int depth = 0;
        int levelEnd = 1;
        for (from = 0; from < visited.size() && broken < 0; from++) {
            if (from == levelEnd) {
                depth++;
                levelEnd = visited.size();
            }
            if (depth >= in.deepest()) {
                break;
            }
            visited.get(from, code);
            protocol.moves(coder.read(code), out);
        }
        boolean whole = broken < 0 && from == visited.size();
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> trace = broken < 0 ? List.of() : trace();
        String extent = !whole ? "to depth " + depth : out.bounded() ? "exhaustive within the bound" : "exhaustive";
        return new Result(in.name(), visited.size(), extent, loss, trace, seconds);
    }

    private void take(World world) {
        if (broken >= 0) {
            return;
        }
        coder.write(world, code);
        if (visited.add(code, from)) {
            for (Check check : checks) {
                Optional<String> lost = check.broken(world);
                if (lost.isPresent()) {
                    broken = visited.size() - 1;
                    loss = lost.get();
                    return;
                }
            }
        }
    }

    private List<String> trace() {
        List<Integer> path = new ArrayList<>();
        for (int number = broken; number >= 0; number = visited.origin(number)) {
            path.add(number);
        }
        Collections.reverse(path);
        List<long[]> codes = new ArrayList<>();
        for (int number : path) {
            long[] copy = new long[coder.words()];
            visited.get(number, copy);
            codes.add(copy);
        }
        return new Trace(in, at, coder, protocol).describe(codes);
    }
}
