package obnam.engine.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.browse.TreeWalk;
import obnam.engine.format.LogRecord;
import obnam.engine.format.OtherRecord;
import obnam.engine.format.RemovalRecord;
import obnam.engine.format.Sizes;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.format.TagRecord;
import obnam.engine.repository.RepositoryContext;
import obnam.posix.Timestamp;

/// The log as it was read: all SNAPSHOT objects; section 7.3 of the format. Only here is decided which of them
/// count as snapshots.
///
/// Memory grows with the number of records. Immutable.
public final class SnapshotLog {

    private static final Comparator<LogRecord> ORDER =
            Comparator.comparing(SnapshotLog::time).thenComparing(LogRecord::name);

    private final Map<ObjectName, LogRecord> records;
    private final Set<ObjectName> unreadable;
    private final Set<Head> forgotten = new HashSet<>();
    private final Set<Head> annulled = new HashSet<>();
    private final List<RemovalRecord.Range> ranges = new ArrayList<>();

    private SnapshotLog(Map<ObjectName, LogRecord> records, Set<ObjectName> unreadable) {
        this.records = records;
        this.unreadable = unreadable;
        for (RemovalRecord removal : removals()) {
            (removal.annuls() ? annulled : forgotten).addAll(removal.records());
            ranges.addAll(removal.ranges());
        }
    }

    private static Timestamp time(LogRecord record) {
        return switch (record) {
            case SnapshotRecord snapshot -> snapshot.snapshot().time();
            case RemovalRecord removal -> removal.author().time();
            case TagRecord tag -> tag.author().time();
            case OtherRecord _ -> new Timestamp(0, 0);
        };
    }

    /// Is told while the log is read.
    public interface Listener {

        /// An object was read whole.
        ///
        /// @param bytes its length
        default void read(int bytes) {}

        /// An object is there and cannot be read; the others are.
        ///
        /// @param error damage, or that a later version wrote it; may be thrown to end the reading
        void unreadable(ObjectName name, ObnamException error);
    }

    /// Reads the log.
    ///
    /// @throws obnam.api.StoreException if the store fails
    public static SnapshotLog read(RepositoryContext context, Listener listener) {
        return new SnapshotLog(Map.of(), Set.of()).refreshed(context, listener);
    }

    /// Reads what has come since, and drops what has gone.
    public SnapshotLog refreshed(RepositoryContext context, Listener listener) {
        Set<ObjectName> names = new HashSet<>();
        context.store().list(ObjectKind.SNAPSHOT, info -> names.add(info.name()));
        Map<ObjectName, LogRecord> found = new HashMap<>();
        Set<ObjectName> failed = new HashSet<>();
        for (ObjectName name : names) {
            if (records.containsKey(name)) {
                found.put(name, records.get(name));
            } else if (unreadable.contains(name)) {
                failed.add(name);
            } else {
                read(context, name, listener, failed).ifPresent(record -> found.put(name, record));
            }
        }
        return new SnapshotLog(found, failed);
    }

    private static Optional<LogRecord> read(
            RepositoryContext context, ObjectName name, Listener listener, Set<ObjectName> failed) {
        try {
            byte[] bytes = context.store().get(name, Sizes.OBJECT_LIMIT);
            listener.read(bytes.length);
            return Optional.of(LogRecord.decode(context.frames(), name, bytes));
        } catch (MissingObjectException _) {
            return Optional.empty(); // deleted between the listing and now
        } catch (ObnamException e) {
            if (!TreeWalk.isDamage(e)) {
                throw e;
            }
            failed.add(name);
            listener.unreadable(name, e);
            return Optional.empty();
        }
    }

    /// All records that are there, the oldest first.
    public List<LogRecord> records() {
        return records.values().stream().sorted(ORDER).toList();
    }

    /// The objects that are there and cannot be read.
    Set<ObjectName> unreadable() {
        return unreadable;
    }

    /// The objects that are there and cannot be read, and that no record takes away: each may be a snapshot,
    /// so nothing that it may need must be deleted.
    public List<ObjectName> doubtful() {
        Set<ObjectName> removed = Stream.concat(forgotten.stream(), annulled.stream())
                .map(Head::name)
                .collect(Collectors.toSet());
        return unreadable.stream()
                .filter(name -> !removed.contains(name))
                .sorted()
                .toList();
    }

    /// The snapshots, the oldest first, with the tags they have by now. No others are roots.
    public List<SnapshotRecord> snapshots() {
        Map<Head, TagRecord> labels = labels();
        return records().stream()
                .flatMap(record -> record instanceof SnapshotRecord snapshot && !isRemoved(record.head())
                        ? Stream.of(labelled(snapshot, labels))
                        : Stream.empty())
                .toList();
    }

    private Map<Head, TagRecord> labels() {
        Map<Head, TagRecord> newest = new HashMap<>();
        Comparator<TagRecord> order =
                Comparator.comparingLong(TagRecord::revision).thenComparing(TagRecord::name);
        for (LogRecord record : records.values()) {
            if (record instanceof TagRecord tag) {
                tag.snapshots()
                        .forEach(snapshot -> newest.merge(
                                snapshot, tag, (one, other) -> order.compare(one, other) > 0 ? one : other));
            }
        }
        return newest;
    }

    private static SnapshotRecord labelled(SnapshotRecord record, Map<Head, TagRecord> labels) {
        TagRecord newest = labels.get(record.head());
        if (newest == null) {
            return record;
        }
        Snapshot said = record.snapshot();
        return new SnapshotRecord(record.link(), said.withTags(newest.tags()));
    }

    /// The revision of the tags of a snapshot.
    long revision(Head snapshot) {
        TagRecord newest = labels().get(snapshot);
        return newest == null ? 0 : newest.revision();
    }

    /// Whether a record takes this one away.
    boolean isRemoved(Head record) {
        return forgotten.contains(record) || annulled.contains(record);
    }

    /// Whether a forget names this record.
    boolean isForgotten(Head record) {
        return forgotten.contains(record);
    }

    /// Whether a record is gone, or to be gone, and that is explained.
    boolean isGone(Head record) {
        boolean inRange = ranges.stream()
                .anyMatch(range -> range.chain().equals(record.chain()) && range.contains(record.number()));
        return isForgotten(record) || inRange && !isListed(record.name());
    }

    /// The records that forget, and those that annul.
    List<RemovalRecord> removals() {
        return records.values().stream()
                .flatMap(record -> record instanceof RemovalRecord removal ? Stream.of(removal) : Stream.empty())
                .toList();
    }

    /// Objects that are still there although a forget names them: it was interrupted. Whoever finds them may
    /// delete them.
    public Set<ObjectName> leftovers() {
        Stream<ObjectName> readable = records.values().stream()
                .filter(record -> forgotten.contains(record.head()))
                .map(LogRecord::name);
        Stream<ObjectName> others = forgotten.stream().map(Head::name).filter(unreadable::contains);
        return Stream.concat(readable, others).collect(Collectors.toSet());
    }

    /// The record of that name.
    Optional<LogRecord> record(ObjectName name) {
        return Optional.ofNullable(records.get(name));
    }

    /// Whether an object of that name was listed.
    boolean isListed(ObjectName name) {
        return records.containsKey(name) || unreadable.contains(name);
    }
}
