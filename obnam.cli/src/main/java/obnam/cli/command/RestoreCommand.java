package obnam.cli.command;

import java.util.Optional;
import obnam.api.ErrorKind;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Units;
import obnam.engine.RestoreRequest;
import obnam.engine.RestoreResult;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Brings back what is in a snapshot.
final class RestoreCommand extends Command {

    @Option(name = "--target", aliases = "-t", metaVar = "DIR", usage = "directory to restore into; made if missing")
    private @Nullable RawText target;

    @Option(name = "--verify", usage = "read back and compare every restored file")
    private boolean verify;

    @Option(name = "--host", metaVar = "NAME", usage = "look among the snapshots of this machine")
    private @Nullable RawText host;

    @Option(name = "--expect-head", metaVar = "RECEIPT", usage = ExpectedHead.USAGE)
    private @Nullable RawText expectedHead;

    @Override
    public String operandsUsage() {
        return "SNAPSHOT[:/PATH] --target DIR";
    }

    @Override
    public int operandsLimit() {
        return 1;
    }

    @Override
    public int run(Session session) {
        if (operands().isEmpty()) {
            throw new UsageException(
                    "which snapshot is to be restored?",
                    "",
                    "For example: obnam restore latest --target /tmp/restored");
        }
        SnapshotName name = SnapshotName.parse(operands().getFirst());
        if (target == null || target.bytes().length == 0) {
            throw new UsageException("where to is not said", "", "Add --target DIR; an empty directory is the safest");
        }
        byte[] directory = session.absolute(target.bytes());
        Optional<String> machine = text(host);
        try (OpenRepository repository = session.openRepository()) {
            ExpectedHead.require(text(expectedHead), repository);
            Snapshot snapshot = Snapshots.named(name, repository, machine, session);
            RestoreRequest request = new RestoreRequest(snapshot, name.path(), directory, dryRun(), verify);
            session.output()
                    .detail("restoring " + name.shownPath() + " of snapshot " + SnapshotName.shown(snapshot) + " to "
                            + FileNames.display(directory));
            Run.Outcome<RestoreResult> outcome =
                    new Run(session, this).of(progress -> repository.restore(request, progress));
            tell(session.output(), outcome);
            return outcome.problems() == 0 ? 0 : ErrorKind.INCOMPLETE.exitCode();
        }
    }

    private void tell(Output output, Run.Outcome<RestoreResult> outcome) {
        RestoreResult result = outcome.result();
        if (result.ownersKept() > 0) {
            output.warning(Units.count(result.ownersKept(), "owner")
                    + " could not be set: only root can give files to others");
        }
        output.summary((dryRun() ? "would restore " : "restored ") + Units.count(result.files(), "file") + " ("
                + Units.bytes(result.bytes()) + "), " + Units.count(result.directories(), "directory", "directories")
                + ", " + result.others()
                + " other; " + (dryRun() ? "would write " : "wrote ") + Units.bytes(result.bytesWritten()) + ", in "
                + Units.duration(outcome.time()));
        if (outcome.problems() > 0) {
            output.warning(Units.count(outcome.problems(), "problem") + ": see above; the rest is restored");
        }
        output.json(
                "summary",
                fields -> fields.add("dry_run", dryRun())
                        .add("files", result.files())
                        .add("directories", result.directories())
                        .add("others", result.others())
                        .add("bytes", result.bytes())
                        .add("bytes_written", result.bytesWritten())
                        .add("owners_kept", result.ownersKept())
                        .add("problems", outcome.problems())
                        .add("seconds", outcome.time().toMillis() / 1000.0));
    }
}
