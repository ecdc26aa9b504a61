package obnam.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Output;
import obnam.engine.ChainFinding;
import obnam.engine.History;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;

/// Chooses among the snapshots of a repository.
final class Snapshots {

    private Snapshots() {}

    /// All snapshots, oldest first, or those of one machine.
    static List<Snapshot> of(OpenRepository repository, Optional<String> host, Session session) {
        return all(repository, session).stream()
                .filter(snapshot -> host.isEmpty() || snapshot.host().equals(host.get()))
                .toList();
    }

    /// All snapshots, oldest first. What cannot be read, and what is wrong with the chains, is told.
    static List<Snapshot> all(OpenRepository repository, Session session) {
        return history(repository, session).snapshots();
    }

    /// As above, with what cannot be read.
    static History history(OpenRepository repository, Session session) {
        History history = repository.history(problem -> session.output()
                .warning("cannot be read and is left out: " + FileNames.display(problem.path()) + ": "
                        + problem.reason()));
        tell(history.findings(), session.output());
        return history;
    }

    /// Tells what is wrong with the chains.
    static void tell(List<ChainFinding> findings, Output output) {
        for (ChainFinding finding : findings) {
            output.warning(finding.text());
            output.json(
                    "chain_finding",
                    fields -> fields.add("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                            .add("chain", finding.chain())
                            .add("first", finding.first())
                            .add("last", finding.last()));
        }
        if (!findings.isEmpty()) {
            output.warning("records of snapshots are missing or were exchanged: run obnam check, and read \"When "
                    + "records are missing\" in the manual");
        }
    }

    /// The snapshot that the user named.
    static Snapshot named(SnapshotName name, OpenRepository repository, Optional<String> host, Session session) {
        return name.resolve(of(repository, host, session), session.environment().clock());
    }
}
