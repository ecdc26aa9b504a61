package obnam.cli.command;

import obnam.api.ErrorKind;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Units;
import obnam.engine.CheckResult;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Checks a repository.
final class CheckCommand extends Command {

    @Option(name = "--read-data", usage = "read all data and compare it with its ids")
    private boolean readData;

    @Option(name = "--expect-head", metaVar = "RECEIPT", usage = ExpectedHead.USAGE)
    private @Nullable RawText expectedHead;

    @Override
    public int run(Session session) {
        try (OpenRepository repository = session.openRepository()) {
            ExpectedHead.require(text(expectedHead), repository);
            Run.Outcome<CheckResult> outcome =
                    new Run(session, this).of(progress -> repository.check(readData, progress));
            tell(session.output(), outcome);
            boolean whole = outcome.result().damaged() == 0 && outcome.problems() == 0;
            return whole ? 0 : ErrorKind.DAMAGE.exitCode();
        }
    }

    private static void tell(Output output, Run.Outcome<CheckResult> outcome) {
        CheckResult result = outcome.result();
        output.summary("checked " + Units.count(result.snapshots(), "snapshot") + ", "
                + Units.count(result.packs(), "pack") + ", " + Units.count(result.chunks(), "chunk") + "; read "
                + Units.bytes(result.bytesRead()) + ", in " + Units.duration(outcome.time()));
        if (result.damaged() > 0) {
            output.warning("damage found: " + Units.count(result.damaged(), "object")
                    + ". Keep the repository as it is, and make a backup to a new one");
        } else if (outcome.problems() == 0) {
            output.summary("no damage found");
        }
        output.json(
                "summary",
                fields -> fields.add("snapshots", result.snapshots())
                        .add("packs", result.packs())
                        .add("chunks", result.chunks())
                        .add("bytes_read", result.bytesRead())
                        .add("damaged", result.damaged())
                        .add("problems", outcome.problems())
                        .add("seconds", outcome.time().toMillis() / 1000.0));
    }
}
