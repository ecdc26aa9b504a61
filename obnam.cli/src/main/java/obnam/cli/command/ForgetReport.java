package obnam.cli.command;

import java.util.List;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Table;
import obnam.cli.terminal.Units;
import obnam.engine.ForgetResult;
import obnam.engine.Receipt;
import obnam.engine.Snapshot;
import obnam.engine.retention.Decision;

/// Tells which snapshots are kept and why, and which are forgotten.
final class ForgetReport {

    private final Session session;
    private final Output output;
    private final boolean dryRun;
    private long kept;

    ForgetReport(Session session, boolean dryRun) {
        this.session = session;
        this.output = session.output();
        this.dryRun = dryRun;
    }

    /// Tells what becomes of the snapshots of a group.
    ///
    /// @param group its name; empty if they were named one by one
    void tell(String group, List<Decision> decisions) {
        Table table = new Table("", "ID", "Time", "Tags", "Reasons");
        for (Decision decision : decisions) {
            Snapshot snapshot = decision.snapshot();
            table.add(
                    decision.kept() ? "keep" : "forget",
                    SnapshotName.shown(snapshot),
                    Times.shown(snapshot.time(), session.environment().zone().get()),
                    String.join(",", snapshot.tags()),
                    String.join(", ", decision.reasons()));
            output.json(
                    "decision",
                    fields -> fields.add("id", snapshot.name().hex())
                            .add("short_id", SnapshotName.shown(snapshot))
                            .add("time", snapshot.time().toString())
                            .add("host", snapshot.host())
                            .addNames("roots", snapshot.roots())
                            .add("tags", snapshot.tags())
                            .add("group", group)
                            .add("keep", decision.kept())
                            .add("reasons", decision.reasons()));
        }
        kept += decisions.stream().filter(Decision::kept).count();
        if (!output.mode().quiet()) {
            if (!group.isEmpty()) {
                output.summary(group);
            }
            table.lines().forEach(output::summary);
            output.summary("");
        }
    }

    /// Tells how it ended.
    void end(ForgetResult result) {
        output.summary((dryRun ? "would forget " : "forgot ")
                + Units.count(result.snapshots(), "snapshot")
                + (kept > 0 ? ", kept " + kept : ""));
        if (result.finished() > 0) {
            output.summary("deleted " + Units.count(result.finished(), "record")
                    + " that an interrupted forget had left behind");
        }
        result.head().ifPresent(head -> output.summary("head: " + Receipt.of(head)));
        output.json("summary", fields -> {
            fields.add("dry_run", dryRun)
                    .add("forgotten", result.snapshots())
                    .add("kept", kept)
                    .add("finished", result.finished());
            if (result.head().isPresent()) {
                fields.add("head", Receipt.of(result.head().get()).toString());
            }
        });
    }
}
