package obnam.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Units;
import obnam.engine.Snapshot;
import org.kohsuke.args4j.Option;

/// Changes the tags of snapshots.
final class TagCommand extends FilteringCommand {

    @Option(name = "--add", metaVar = "TAG", usage = "add this tag, or these with commas; repeatable")
    private List<RawText> added = new ArrayList<>();

    @Option(name = "--remove", metaVar = "TAG", usage = "remove this tag, or these with commas; repeatable")
    private List<RawText> removed = new ArrayList<>();

    @Option(name = "--set", metaVar = "TAG", usage = "replace all tags; empty for none")
    private List<RawText> set = new ArrayList<>();

    @Override
    public String operandsUsage() {
        return "[SNAPSHOT…]";
    }

    @Override
    public int operandsLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int run(Session session) {
        UnaryOperator<List<String>> change = change();
        if (operands().isEmpty() && !hasFilter()) {
            throw new UsageException(
                    "which snapshots are to be tagged?", "", "Name them, or choose with --host, --tag and --path");
        }
        List<SnapshotName> names = operands().stream().map(SnapshotName::parse).toList();
        try (OpenRepository repository = session.openRepository()) {
            List<Snapshot> candidates = chosen(Snapshots.all(repository, session), session);
            List<Snapshot> snapshots = names.isEmpty()
                    ? candidates
                    : names.stream()
                            .map(name -> name.resolve(
                                    candidates, session.environment().clock()))
                            .toList();
            Set<ObjectName> chosen = snapshots.stream().map(Snapshot::name).collect(Collectors.toSet());
            long changed = dryRun()
                    ? snapshots.stream()
                            .distinct()
                            .filter(snapshot -> !change.apply(snapshot.tags()).equals(snapshot.tags()))
                            .count()
                    : repository.tag(chosen, change, session.actor());
            session.output()
                    .summary((dryRun() ? "would change" : "changed") + " the tags of "
                            + Units.count(changed, "snapshot"));
            session.output()
                    .json("summary", fields -> fields.add("dry_run", dryRun()).add("changed", changed));
        }
        return 0;
    }

    private UnaryOperator<List<String>> change() {
        boolean clears = set.size() == 1 && set.getFirst().text().isEmpty();
        List<String> wanted = clears ? List.of() : Tags.of(set);
        List<String> more = Tags.of(added);
        List<String> less = Tags.of(removed);
        if (set.isEmpty() == (more.isEmpty() && less.isEmpty())) {
            throw new UsageException(
                    set.isEmpty() ? "no tags were given" : "--set replaces all tags",
                    "",
                    "Use --add and --remove, or --set alone");
        }
        return labels -> {
            if (!set.isEmpty()) {
                return wanted;
            }
            Set<String> changed = new LinkedHashSet<>(labels);
            less.forEach(changed::remove);
            changed.addAll(more);
            return List.copyOf(changed);
        };
    }
}
