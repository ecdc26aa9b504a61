package obnam.engine.backup;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import obnam.api.UsageException;
import obnam.engine.BackupRequest;
import obnam.engine.Snapshot;
import obnam.engine.format.SnapshotRecord;
import obnam.posix.Timestamp;

/// Chooses the snapshot that live data are compared with.
final class ParentChoice {

    private static final long DAY = 86_400;

    private ParentChoice() {}

    /// The one that was asked for, else the newest of this host and these roots. A snapshot that is dated more than
    /// a day
    /// ahead is not the newest.
    static Optional<Snapshot> choose(List<SnapshotRecord> records, BackupRequest request, Timestamp now) {
        if (request.parent().isPresent()) {
            return Optional.of(records.stream()
                    .map(SnapshotRecord::snapshot)
                    .filter(snapshot -> snapshot.name().equals(request.parent().get()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "there is no such snapshot",
                            request.parent().get().toString(),
                            "List them with 'obnam snapshots'")));
        }
        return records.stream()
                .map(SnapshotRecord::snapshot)
                .filter(snapshot -> snapshot.host().equals(request.host()))
                .filter(snapshot -> set(snapshot.roots()).equals(set(request.roots())))
                .filter(snapshot -> snapshot.time().seconds() <= now.seconds() + DAY)
                .max(Comparator.comparing(Snapshot::time));
    }

    private static Set<byte[]> set(List<byte[]> paths) {
        Set<byte[]> set = new TreeSet<>(Arrays::compareUnsigned);
        set.addAll(paths);
        return set;
    }
}
