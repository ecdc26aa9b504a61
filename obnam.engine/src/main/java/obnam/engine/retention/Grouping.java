package obnam.engine.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;

/// Which snapshots a policy looks at together.
///
/// @param hosts whether snapshots of different machines are apart
/// @param roots whether snapshots of different roots are apart; their order does not matter
/// @param tags whether snapshots with different tags are apart; their order does not matter
public record Grouping(boolean hosts, boolean roots, boolean tags) {

    /// What is done when the user says nothing: by host and roots.
    public static final Grouping DEFAULT = new Grouping(true, true, false);

    /// Snapshots that belong together.
    ///
    /// @param name what they have in common, in words for the user
    /// @param snapshots the newest first
    public record Group(String name, List<Snapshot> snapshots) {}

    /// Reads `host`, `roots` and `tags`, with commas between them; empty for one group of all.
    ///
    /// @return empty if there is another word
    public static Optional<Grouping> parse(String text) {
        List<String> words = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (!List.of("host", "roots", "tags").containsAll(words)) {
            return Optional.empty();
        }
        return Optional.of(new Grouping(words.contains("host"), words.contains("roots"), words.contains("tags")));
    }

    /// What the snapshots of a group have in common; empty where that does not matter.
    private record Key(Optional<String> host, Optional<SortedSet<String>> roots, Optional<SortedSet<String>> tags) {

        String name() {
            List<String> words = new ArrayList<>();
            host.ifPresent(name -> words.add("host " + name));
            roots.ifPresent(paths -> words.add("roots " + String.join(" ", paths)));
            tags.ifPresent(labels -> words.add(labels.isEmpty() ? "no tags" : "tags " + String.join(",", labels)));
            return String.join("; ", words);
        }
    }

    /// The groups, in the order of their names.
    public List<Group> groups(List<Snapshot> snapshots) {
        Map<Key, List<Snapshot>> byKey = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            byKey.computeIfAbsent(key(snapshot), _ -> new ArrayList<>()).add(snapshot);
        }
        Comparator<Snapshot> newestFirst = Comparator.comparing(Snapshot::time)
                .thenComparing(Snapshot::name)
                .reversed();
        return byKey.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey().name(),
                        entry.getValue().stream().sorted(newestFirst).toList()))
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    private Key key(Snapshot snapshot) {
        return new Key(
                hosts ? Optional.of(snapshot.host()) : Optional.empty(),
                roots
                        ? Optional.of(sorted(snapshot.roots().stream()
                                .map(FileNames::display)
                                .toList()))
                        : Optional.empty(),
                tags ? Optional.of(sorted(snapshot.tags())) : Optional.empty());
    }

    private static SortedSet<String> sorted(List<String> words) {
        return new TreeSet<>(words);
    }
}
