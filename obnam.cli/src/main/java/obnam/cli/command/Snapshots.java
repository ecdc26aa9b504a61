package obnam.cli.command;

import java.util.List;
import java.util.Optional;
import obnam.cli.engine.OpenRepository;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;

/// Chooses among the snapshots of a repository.
final class Snapshots {

    private Snapshots() {}

    /// All snapshots, oldest first, or those of one machine.
    static List<Snapshot> of(OpenRepository repository, Optional<String> host, Session session) {
        return repository
                .snapshots(problem -> session.output()
                        .warning("cannot be read and is left out: " + FileNames.display(problem.path()) + ": "
                                + problem.reason()))
                .stream()
                .filter(snapshot -> host.isEmpty() || snapshot.host().equals(host.get()))
                .toList();
    }

    /// The snapshot that the user named.
    static Snapshot named(SnapshotName name, OpenRepository repository, Optional<String> host, Session session) {
        return name.resolve(of(repository, host, session), session.environment().clock());
    }
}
