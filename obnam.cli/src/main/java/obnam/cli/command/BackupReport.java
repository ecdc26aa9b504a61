package obnam.cli.command;

import java.time.Duration;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Units;
import obnam.engine.BackupResult;
import obnam.engine.Counts;
import obnam.engine.Receipt;
import obnam.posix.FileNames;

/// Tells how a backup ended.
final class BackupReport {

    private final Output output;
    private final boolean dryRun;

    BackupReport(Output output, boolean dryRun) {
        this.output = output;
        this.dryRun = dryRun;
    }

    void tell(BackupResult result, long problems, Duration time) {
        for (byte[] hidden : result.newlyHidden()) {
            output.warning("no longer saved, because of a new CACHEDIR.TAG: " + FileNames.display(hidden)
                    + ". Remove the tag, or use --no-exclude-caches");
            output.json("newly_hidden", fields -> fields.addName("path", hidden));
        }
        Counts counts = result.counts();
        output.summary(Units.count(counts.files(), "file") + ", " + counts.filesRead() + " new or changed; "
                + Units.count(counts.directories(), "directory", "directories") + "; " + counts.others() + " other");
        output.summary("read " + Units.bytes(counts.bytesRead()) + " of " + Units.bytes(counts.bytes()) + ", "
                + (dryRun ? "would add " : "added ")
                + Units.bytes(dryRun ? counts.newBytes() : counts.storedBytes())
                + " to the repository, in "
                + Units.duration(time));
        if (counts.newChunks() == 0) {
            output.summary("nothing new to store");
        }
        if (problems > 0) {
            output.warning(Units.count(problems, "problem") + ": see above; what could be read is saved");
        }
        Snapshots.tell(result.findings(), output);
        result.snapshot().ifPresent(snapshot -> output.summary("snapshot " + SnapshotName.shown(snapshot) + " saved"));
        result.head().ifPresent(head -> output.summary("head: " + Receipt.of(head)));
        json(result, problems, time);
    }

    private void json(BackupResult result, long problems, Duration time) {
        Counts counts = result.counts();
        output.json("summary", fields -> {
            fields.add("dry_run", dryRun);
            if (result.snapshot().isPresent()) {
                fields.add("snapshot", result.snapshot().get().name().hex());
            }
            if (result.head().isPresent()) {
                fields.add("head", Receipt.of(result.head().get()).toString());
            }
            fields.add("files", counts.files())
                    .add("directories", counts.directories())
                    .add("others", counts.others())
                    .add("bytes", counts.bytes())
                    .add("files_read", counts.filesRead())
                    .add("bytes_read", counts.bytesRead())
                    .add("new_chunks", counts.newChunks())
                    .add("new_bytes", counts.newBytes())
                    .add("stored_bytes", counts.storedBytes())
                    .add("unreadable", counts.unreadable())
                    .add("problems", problems)
                    .add("newly_hidden", result.newlyHidden().size())
                    .add("seconds", time.toMillis() / 1000.0);
        });
    }
}
