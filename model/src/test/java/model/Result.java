package model;

import java.util.List;
import java.util.Locale;

/// What an exploration found.
///
/// @param whole whether every world that can be reached was visited
/// @param bounded whether an actor stopped somewhere because it would have needed more objects than the bound allows
/// @param loss what was lost, or empty
/// @param trace the shortest way to it
record Result(
        String name,
        int worlds,
        int depth,
        boolean whole,
        boolean bounded,
        String loss,
        List<String> trace,
        double seconds) {

    boolean safe() {
        return loss.isEmpty();
    }

    @Override
    public String toString() {
        String found = !safe() ? loss : whole ? "safe, exhaustive" : "safe to depth " + depth;
        String limit = whole && bounded ? " within the bound of packs" : "";
        return String.format(Locale.ROOT, "%-64s %,12d states  %6.1f s  %s%s", name, worlds, seconds, found, limit);
    }
}
