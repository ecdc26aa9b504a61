package obnam.cli.command;

import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.engine.Snapshot;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Lists what is in a snapshot.
final class LsCommand extends Command {

    @Option(name = "-l", usage = "show type, mode, owner, size and time too")
    private boolean details;

    @Option(name = "--recursive", aliases = "-R", usage = "go into directories")
    private boolean recursive;

    @Option(name = "--host", metaVar = "NAME", usage = "look among the snapshots of this machine")
    private @Nullable RawText host;

    @Override
    public String operandsUsage() {
        return "SNAPSHOT[:/PATH]";
    }

    @Override
    public int operandsLimit() {
        return 1;
    }

    @Override
    public int run(Session session) {
        if (operands().isEmpty()) {
            throw new UsageException("which snapshot is to be listed?", "", "For example: obnam ls latest");
        }
        SnapshotName name = SnapshotName.parse(operands().getFirst());
        Optional<String> machine = text(host);
        try (OpenRepository repository = session.openRepository()) {
            Snapshot snapshot = Snapshots.named(name, repository, machine, session);
            EntryLine line = new EntryLine(session.environment().zone().get());
            repository.list(
                    snapshot, name.path().orElseGet(() -> new byte[0]), recursive, (path, entry, user, group) -> {
                        session.output().result(details ? line.detailed(path, entry, user, group) : line.plain(path));
                        session.output().json("node", fields -> EntryLine.json(fields, path, entry, user, group));
                    });
        }
        return 0;
    }
}
