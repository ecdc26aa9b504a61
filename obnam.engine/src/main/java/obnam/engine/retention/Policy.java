package obnam.engine.retention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which snapshots of a group to keep: each that at least one rule keeps.
///
/// @param counts for how many periods, counted back from the newest snapshot and only those with snapshots,
///     the newest snapshot of the period is kept; [#UNLIMITED] for all
/// @param within keeps all that are not older than this, measured from the newest snapshot
/// @param withinEach as `counts`, for all periods that are not older than this
/// @param tags keeps each that has all tags of one of these sets
public record Policy(
        Map<Period, Integer> counts, Optional<Age> within, Map<Period, Age> withinEach, List<Set<String>> tags) {

    /// All periods.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// Has no rules.
    public static final Policy EMPTY = new Policy(Map.of(), Optional.empty(), Map.of(), List.of());

    /// Whether it has no rules, so that it would keep next to nothing. It must not be applied.
    public boolean isEmpty() {
        return counts.values().stream().allMatch(count -> count == 0)
                && within.isEmpty()
                && withinEach.isEmpty()
                && tags.isEmpty();
    }
}
