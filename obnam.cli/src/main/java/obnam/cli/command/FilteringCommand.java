package obnam.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import obnam.engine.Snapshot;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// A command that works on the snapshots its options choose.
abstract class FilteringCommand extends Command {

    @Option(name = "--host", metaVar = "NAME", usage = "only snapshots of this machine")
    private @Nullable RawText host;

    @Option(name = "--tag", metaVar = "TAG", usage = "only snapshots with this tag; repeatable")
    private List<RawText> tags = new ArrayList<>();

    @Option(name = "--path", metaVar = "ROOT", usage = "only snapshots of this root; repeatable")
    private List<RawText> roots = new ArrayList<>();

    /// Whether any of the options was given.
    final boolean hasFilter() {
        return host != null || !tags.isEmpty() || !roots.isEmpty();
    }

    /// The snapshots that all the options choose, in the same order.
    final List<Snapshot> chosen(List<Snapshot> snapshots, Session session) {
        Optional<String> machine = text(host);
        List<String> labels = Tags.of(tags);
        List<byte[]> paths =
                roots.stream().map(root -> session.absolute(root.bytes())).toList();
        return snapshots.stream()
                .filter(snapshot -> machine.isEmpty() || snapshot.host().equals(machine.get()))
                .filter(snapshot -> snapshot.tags().containsAll(labels))
                .filter(snapshot -> paths.stream().allMatch(path -> hasRoot(snapshot, path)))
                .toList();
    }

    private static boolean hasRoot(Snapshot snapshot, byte[] path) {
        return snapshot.roots().stream().anyMatch(root -> Arrays.equals(root, path));
    }
}
