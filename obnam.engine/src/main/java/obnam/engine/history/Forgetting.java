package obnam.engine.history;

import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.Actor;
import obnam.engine.ForgetResult;
import obnam.engine.Head;
import obnam.engine.format.ChainLink;
import obnam.engine.format.LogRecord;
import obnam.engine.format.RemovalRecord;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.format.TagRecord;
import obnam.engine.repository.RepositoryContext;

/// Takes snapshots away: puts a record that names them, and when that is durable deletes them. So a snapshot
/// that is gone is always explained, and one that is named but still there is deleted by the next who forgets.
///
/// The log does not grow with each run: when there are many forgets of this machine's chain, the next one
/// takes them over, and what they named and is seen to be gone shrinks to ranges of numbers.
public final class Forgetting {

    private static final int NAME_LENGTH = 32;

    private final RepositoryContext repository;
    private final AuditedLog audited;
    private final SnapshotLog log;
    private final LogRecord.Author author;
    private final RecordPublication publication;

    /// @param repository the repository
    /// @param audited the log as it is now
    /// @param actor who forgets
    public Forgetting(RepositoryContext repository, AuditedLog audited, Actor actor) {
        this.repository = repository;
        this.audited = audited;
        this.log = audited.log();
        this.publication = new RecordPublication(repository);
        this.author = publication.author(actor);
    }

    /// Forgets snapshots, and finishes what others began to forget. What is gone already is passed over. A
    /// record that cannot be read is forgotten too; if nobody knows its place, it is only deleted.
    ///
    /// @throws StoreException if the store refuses; the message says whether anything was forgotten
    public ForgetResult forget(Collection<ObjectName> snapshots) {
        Set<Head> targets = targets(snapshots);
        Set<ObjectName> leftovers = log.leftovers();
        Set<ObjectName> doomed = new LinkedHashSet<>(leftovers);
        log.doubtful().stream().filter(snapshots::contains).forEach(doomed::add);
        if (targets.isEmpty() && doomed.isEmpty()) {
            return new ForgetResult(0, 0, Optional.empty());
        }
        requireDeleteRight();
        targets.forEach(target -> doomed.add(target.name()));
        long count = doomed.size() - (long) leftovers.size();
        addOrphanedTags(targets);
        Optional<Head> head = targets.isEmpty() ? Optional.empty() : Optional.of(record(targets));
        targets.forEach(target -> doomed.add(target.name()));
        delete(doomed, count);
        return new ForgetResult(count, leftovers.size(), head);
    }

    private Set<Head> targets(Collection<ObjectName> snapshots) {
        Set<Head> targets = new LinkedHashSet<>();
        for (ObjectName name : snapshots) {
            log.record(name)
                    .filter(record -> record instanceof SnapshotRecord && !log.isForgotten(record.head()))
                    .ifPresent(record -> targets.add(record.head()));
        }
        log.doubtful().stream()
                .filter(snapshots::contains)
                .flatMap(name -> audited.placeOf(name).stream())
                .forEach(targets::add);
        return targets;
    }

    /// Tags of snapshots that go, or have gone, are of no more use.
    private void addOrphanedTags(Set<Head> targets) {
        List<Head> orphans = log.records().stream()
                .filter(record -> record instanceof TagRecord tag
                        && tag.snapshots().stream()
                                .allMatch(snapshot -> targets.contains(snapshot) || log.isGone(snapshot)))
                .map(LogRecord::head)
                .filter(head -> !log.isForgotten(head))
                .toList();
        targets.addAll(orphans);
    }

    /// Puts the record. What it takes over from older ones is added to the targets.
    private Head record(Set<Head> targets) {
        return publication.put(log.records(), link -> {
            TakeOver older = TakeOver.of(log, link.chain());
            targets.addAll(older.records());
            return encode(link, targets, older.ranges());
        });
    }

    private byte[] encode(ChainLink link, Set<Head> targets, List<RemovalRecord.Range> ranges) {
        return new RemovalRecord(RecordPublication.UNNAMED, link, author, false, List.copyOf(targets), ranges)
                .encode(repository.frames());
    }

    /// A store that does not let this client delete must say so before anything is recorded; so it is asked to
    /// delete an object that was never there.
    private void requireDeleteRight() {
        byte[] random = new byte[NAME_LENGTH];
        repository.random().nextBytes(random);
        try {
            repository
                    .store()
                    .delete(new ObjectName(ObjectKind.SNAPSHOT, HexFormat.of().formatHex(random)));
        } catch (StoreException e) {
            if (e.worthRetrying()) {
                throw e;
            }
            throw StoreException.lasting(
                    "the store does not let this client delete, so nothing was forgotten: " + e.what(),
                    e.subject(),
                    "Forget from a machine that may delete",
                    e);
        }
    }

    private void delete(Set<ObjectName> doomed, long count) {
        try {
            doomed.forEach(repository.store()::delete);
            repository.store().barrier();
        } catch (StoreException e) {
            throw StoreException.lasting(
                    count + " snapshots are forgotten, but not all could be deleted: " + e.what(),
                    e.subject(),
                    "The next obnam forget deletes them",
                    e);
        }
    }

    /// Takes note that records stay missing, so that they are not told of again.
    public Head accept() {
        List<RemovalRecord.Range> ranges = audited.findings().stream()
                .map(finding -> new RemovalRecord.Range(finding.chain(), finding.first(), finding.last()))
                .toList();
        return publication.put(log.records(), link -> encode(link, Set.of(), ranges));
    }
}
