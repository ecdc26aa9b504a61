package obnam.cli.command;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Table;
import obnam.cli.terminal.Units;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Lists snapshots.
final class SnapshotsCommand extends FilteringCommand {

    @Option(name = "--expect-head", metaVar = "RECEIPT", usage = ExpectedHead.USAGE)
    private @Nullable RawText expectedHead;

    @Override
    public int run(Session session) {
        List<Snapshot> snapshots;
        try (OpenRepository repository = session.openRepository()) {
            ExpectedHead.require(text(expectedHead), repository);
            snapshots = chosen(Snapshots.all(repository, session), session);
        }
        Clock clock = session.environment().clock();
        snapshots.forEach(snapshot -> json(session, snapshot, clock));
        table(snapshots, session.environment().zone().get(), clock).lines().forEach(session.output()::result);
        session.output().summary(Units.count(snapshots.size(), "snapshot"));
        return 0;
    }

    private static Table table(List<Snapshot> snapshots, ZoneId zone, Clock clock) {
        Table table = new Table("ID", "Time", "Host", "Size", "Roots", "Tags");
        for (Snapshot snapshot : snapshots) {
            String ahead = SnapshotName.isAhead(snapshot, clock) ? " (in the future)" : "";
            table.add(
                    SnapshotName.shown(snapshot),
                    Times.shown(snapshot.time(), zone) + ahead,
                    snapshot.host(),
                    Units.bytes(snapshot.counts().bytes()),
                    snapshot.roots().stream().map(FileNames::display).collect(Collectors.joining(" ")),
                    String.join(",", snapshot.tags()));
        }
        return table;
    }

    private static void json(Session session, Snapshot snapshot, Clock clock) {
        session.output().json("snapshot", fields -> {
            fields.add("id", snapshot.name().hex())
                    .add("short_id", SnapshotName.shown(snapshot))
                    .add("time", snapshot.time().toString())
                    .add("end_time", snapshot.endTime().toString())
                    .add("host", snapshot.host())
                    .add("user", snapshot.user())
                    .add("program_version", snapshot.programVersion())
                    .addNames("roots", snapshot.roots())
                    .add("tags", snapshot.tags())
                    .add("files", snapshot.counts().files())
                    .add("bytes", snapshot.counts().bytes())
                    .add("stored_bytes", snapshot.counts().storedBytes())
                    .add("in_future", SnapshotName.isAhead(snapshot, clock));
            if (snapshot.parent().isPresent()) {
                fields.add("parent", snapshot.parent().get().hex());
            }
        });
    }
}
