package model;

import java.util.List;
import java.util.Locale;

/// What an exploration found.
///
/// @param extent how far it looked
/// @param loss what was lost, or empty
/// @param trace the shortest way to it
record Result(String name, int worlds, String extent, String loss, List<String> trace, double seconds) {

    boolean safe() {
        return loss.isEmpty();
    }

    @Override
    public String toString() {
        String found = safe() ? "safe, " + extent : loss;
        return String.format(Locale.ROOT, "%-78s %,12d states  %6.1f s  %s", name, worlds, seconds, found);
    }
}
