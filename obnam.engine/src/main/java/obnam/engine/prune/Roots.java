package obnam.engine.prune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.TreeReference;
import obnam.engine.format.NoticeObject;
import obnam.engine.format.Sizes;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.SnapshotLog;
import obnam.engine.repository.RepositoryContext;

/// What must stay: the trees of snapshots, and those of runs that are not finished. Objects that were read
/// once are not read again. For one thread.
final class Roots {

    /// A tree that must stay.
    ///
    /// @param name the object that names it
    /// @param tree the tree
    record Root(ObjectName name, TreeReference tree) {}

    private final RepositoryContext repository;
    private final Map<ObjectName, TreeReference> snapshots = new LinkedHashMap<>();
    private final Map<ObjectName, NoticeObject> notices = new LinkedHashMap<>();
    private final Set<ObjectName> namedPacks = new TreeSet<>();
    private Optional<SnapshotLog> log = Optional.empty();

    Roots(RepositoryContext repository) {
        this.repository = repository;
    }

    /// What became known by [#read].
    ///
    /// @param snapshots trees of snapshots
    /// @param notices trees of unfinished runs
    record Found(List<Root> snapshots, List<Root> notices) {}

    /// Lists and reads notices, then snapshots: a run that ends meanwhile shows as one or the other.
    ///
    /// @return the roots that were not there when this was called last
    /// @throws obnam.api.DamageException if one cannot be read
    Found read() {
        List<Root> newNotices = new ArrayList<>();
        for (ObjectName name : unknown(ObjectKind.NOTICE, notices.keySet())) {
            read(name).ifPresent(bytes -> {
                NoticeObject notice = NoticeObject.decode(repository.frames(), name, bytes);
                notices.put(name, notice);
                namedPacks.addAll(notice.packs());
                notice.tree().ifPresent(tree -> newNotices.add(new Root(name, tree)));
            });
        }
        List<Root> newSnapshots = new ArrayList<>();
        for (SnapshotRecord record : readLog().snapshots()) {
            TreeReference tree = record.snapshot().tree();
            if (snapshots.put(record.name(), tree) == null) {
                newSnapshots.add(new Root(record.name(), tree));
            }
        }
        return new Found(newSnapshots, newNotices);
    }

    private SnapshotLog readLog() {
        SnapshotLog.Listener listener = (_, _) -> {};
        SnapshotLog read = log.isEmpty()
                ? SnapshotLog.read(repository, listener)
                : log.get().refreshed(repository, listener);
        log = Optional.of(read);
        if (!read.doubtful().isEmpty()) {
            throw new DamageException(
                    "a record cannot be read, and may be a snapshot",
                    read.doubtful().getFirst().toString(),
                    "Nothing more was deleted. See 'obnam check'; when it is beyond help, forget it, and prune again");
        }
        return read;
    }

    /// Records that are forgotten, and still there because whoever forgot them was interrupted.
    Set<ObjectName> leftovers() {
        return log.map(SnapshotLog::leftovers).orElse(Set.of());
    }

    private Set<ObjectName> unknown(ObjectKind kind, Set<ObjectName> known) {
        Set<ObjectName> unknown = new TreeSet<>();
        repository.store().list(kind, info -> {
            if (!known.contains(info.name())) {
                unknown.add(info.name());
            }
        });
        return unknown;
    }

    private Optional<byte[]> read(ObjectName name) {
        try {
            return Optional.of(repository.store().get(name, Sizes.OBJECT_LIMIT));
        } catch (MissingObjectException _) {
            return Optional.empty(); // forgotten, or finished, between the listing and now
        }
    }

    /// All roots read so far.
    Found all() {
        List<Root> ofSnapshots = new ArrayList<>();
        snapshots.forEach((name, tree) -> ofSnapshots.add(new Root(name, tree)));
        List<Root> ofNotices = new ArrayList<>();
        notices.forEach((name, notice) -> notice.tree().ifPresent(root -> ofNotices.add(new Root(name, root))));
        return new Found(ofSnapshots, ofNotices);
    }

    /// The notices read so far.
    Map<ObjectName, NoticeObject> notices() {
        return notices;
    }

    /// The packs that these name: what running backups have put.
    Set<ObjectName> namedPacks() {
        return namedPacks;
    }
}
