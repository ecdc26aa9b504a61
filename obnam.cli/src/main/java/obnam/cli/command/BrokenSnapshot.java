package obnam.cli.command;

import java.util.List;
import java.util.Optional;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Units;
import obnam.engine.History;
import obnam.engine.Snapshot;

/// Takes a snapshot off the list that cannot be restored, after telling what is lost.
final class BrokenSnapshot {

    private final Session session;
    private final Command command;
    private final Output output;
    private final boolean consent;

    /// @param consent whether not to ask
    BrokenSnapshot(Session session, Command command, boolean consent) {
        this.session = session;
        this.command = command;
        this.output = session.output();
        this.consent = consent;
    }

    /// Annuls it, or forgets it if not even its record can be read.
    ///
    /// @param readData whether to read all its data to see what is lost
    /// @return the exit code
    int remove(SnapshotName name, boolean readData) {
        try (OpenRepository repository = session.openRepository()) {
            History history = Snapshots.history(repository, session);
            List<ObjectName> unreadable = history.unreadable().stream()
                    .filter(record -> record.hex().startsWith(name.name()))
                    .toList();
            if (unreadable.size() == 1) {
                forget(unreadable.getFirst(), repository);
            } else {
                Snapshot snapshot =
                        name.resolve(history.snapshots(), session.environment().clock());
                annul(snapshot, readData, repository);
            }
        }
        return 0;
    }

    private void forget(ObjectName record, OpenRepository repository) {
        output.warning("the record of snapshot " + record.hex() + " cannot be read: nothing of it can be restored");
        requireConsent();
        if (!command.dryRun()) {
            repository.forget(List.of(record), session.actor());
        }
        end("forget", "forgot", record, 0);
    }

    private void annul(Snapshot snapshot, boolean readData, OpenRepository repository) {
        long lost = new Run(session, command)
                .of(progress -> repository.losses(snapshot, readData, progress))
                .result();
        if (lost == 0) {
            throw new UsageException(
                    "this snapshot is not broken, so it stays",
                    SnapshotName.shown(snapshot),
                    readData
                            ? "Forget it without --broken if you do not want it"
                            : "Add --read-data to read all its data; or forget it without --broken");
        }
        output.warning(Units.count(lost, "file or directory", "files or directories") + " of snapshot "
                + SnapshotName.shown(snapshot) + " cannot be restored: see above");
        requireConsent();
        if (!command.dryRun()) {
            repository.annul(snapshot, session.actor());
        }
        end("annul", "annulled", snapshot.name(), lost);
    }

    private void requireConsent() {
        if (consent) {
            return;
        }
        Optional<String> answer = session.environment()
                .terminal()
                .readLine("Nothing of it can be restored after that. Take it off the list? (yes/no) ");
        if (!answer.equals(Optional.of("yes"))) {
            throw new UsageException(
                    "the snapshot stays",
                    answer.isEmpty() ? "nobody could be asked" : "the answer was not yes",
                    "Restore what is left of it first; then add --yes");
        }
    }

    private void end(String verb, String past, ObjectName record, long lost) {
        boolean dryRun = command.dryRun();
        output.summary(
                (dryRun ? "would " + verb : past) + " snapshot " + record.hex().substring(0, 8));
        output.json(
                "summary",
                fields -> fields.add("dry_run", dryRun)
                        .add("removed", record.hex())
                        .add("lost", lost));
    }
}
