package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.settings.KeepRules;
import obnam.engine.ChainFinding;
import obnam.engine.ForgetResult;
import obnam.engine.Snapshot;
import obnam.engine.retention.Decision;
import obnam.engine.retention.Grouping;
import obnam.engine.retention.Retention;
import obnam.posix.FileNames;
import org.kohsuke.args4j.Option;

/// Removes snapshots: those that are named, those that rules do not keep, or one that is broken.
final class ForgetCommand extends KeepingCommand {

    @Option(name = "--broken", usage = "annul a snapshot that cannot be restored")
    private boolean broken;

    @Option(name = "--read-data", usage = "with --broken: read all its data to see what is lost")
    private boolean readData;

    @Option(name = "--yes", usage = "with --broken: do not ask")
    private boolean yes;

    @Option(name = "--accept-gaps", usage = "take note that records that are missing stay missing")
    private boolean acceptGaps;

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
        Optional<KeepRules> given = rules();
        Optional<Grouping> grouping = grouping();
        boolean choosing = given.isPresent() || grouping.isPresent() || hasFilter();
        if (choosing && (broken || acceptGaps || !operands().isEmpty())) {
            throw new UsageException(
                    "snapshots are chosen by name, or by rules and filters", "both were given", "Give one of them");
        }
        if (acceptGaps) {
            return acceptGaps(session);
        }
        if (broken) {
            if (operands().size() != 1) {
                throw new UsageException(
                        "which snapshot is broken?",
                        "",
                        "Name one: obnam forget --broken SNAPSHOT; obnam check tells which");
            }
            return new BrokenSnapshot(session, this, yes || dryRun())
                    .remove(whole(operands().getFirst()), readData);
        }
        return operands().isEmpty() ? byRules(session, given, grouping) : byName(session);
    }

    private int byRules(Session session, Optional<KeepRules> given, Optional<Grouping> grouping) {
        KeepRules rules = given.orElseGet(() -> session.configuration().keep());
        if (rules.policy().isEmpty()) {
            throw new UsageException(
                    "no rule says which snapshots to keep, so none is forgotten",
                    "",
                    "Name snapshots, or give rules: " + String.join(", ", ruleNames())
                            + "; or write rules under keep: in " + FileNames.display(session.configFile()));
        }
        Grouping by =
                grouping.or(() -> session.configuration().keep().grouping()).orElse(Grouping.DEFAULT);
        Retention retention = new Retention(
                rules.policy(),
                session.environment().clock().instant(),
                session.environment().zone().get());
        try (OpenRepository repository = session.openRepository()) {
            ForgetReport report = new ForgetReport(session, dryRun());
            List<Snapshot> doomed = new ArrayList<>();
            for (Grouping.Group group : by.groups(chosen(Snapshots.all(repository, session), session))) {
                List<Decision> decisions = retention.decide(group.snapshots());
                report.tell(group.name(), decisions);
                decisions.stream()
                        .filter(decision -> !decision.kept())
                        .map(Decision::snapshot)
                        .forEach(doomed::add);
            }
            report.end(forget(repository, doomed, session));
        }
        return 0;
    }

    private int byName(Session session) {
        List<SnapshotName> names = operands().stream().map(ForgetCommand::whole).toList();
        try (OpenRepository repository = session.openRepository()) {
            List<Snapshot> all = Snapshots.all(repository, session);
            List<Snapshot> doomed = names.stream()
                    .map(name -> name.resolve(all, session.environment().clock()))
                    .distinct()
                    .toList();
            ForgetReport report = new ForgetReport(session, dryRun());
            report.tell(
                    "",
                    doomed.stream()
                            .map(snapshot -> new Decision(snapshot, List.of()))
                            .toList());
            report.end(forget(repository, doomed, session));
        }
        return 0;
    }

    private static SnapshotName whole(RawText argument) {
        SnapshotName name = SnapshotName.parse(argument);
        if (name.path().isPresent()) {
            throw new UsageException("a snapshot is forgotten as a whole", argument.toString(), "Leave out the path");
        }
        return name;
    }

    private ForgetResult forget(OpenRepository repository, List<Snapshot> doomed, Session session) {
        if (dryRun()) {
            return new ForgetResult(doomed.size(), 0, Optional.empty());
        }
        return repository.forget(doomed.stream().map(Snapshot::name).toList(), session.actor());
    }

    private int acceptGaps(Session session) {
        if (!operands().isEmpty()) {
            throw new UsageException(
                    "--accept-gaps takes no snapshots", operands().getFirst().toString(), "");
        }
        try (OpenRepository repository = session.openRepository()) {
            List<ChainFinding> found =
                    dryRun() ? repository.history(_ -> {}).findings() : repository.acceptGaps(session.actor());
            Snapshots.tell(found, session.output());
            session.output()
                    .summary(
                            found.isEmpty()
                                    ? "nothing is missing"
                                    : (dryRun() ? "would take note of this" : "took note: this is not told again"));
            session.output()
                    .json("summary", fields -> fields.add("dry_run", dryRun()).add("accepted", found.size()));
        }
        return 0;
    }
}
