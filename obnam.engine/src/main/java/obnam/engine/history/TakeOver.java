package obnam.engine.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import obnam.engine.Head;
import obnam.engine.format.RemovalRecord;

/// What a new forget takes over from older ones of its chain, so that these can be deleted and the log does
/// not grow with each run.
///
/// @param records what it has to name: the older ones, and what they name and is still there
/// @param ranges numbers of what is gone
record TakeOver(Set<Head> records, List<RemovalRecord.Range> ranges) {

    /// From so many on they are taken over.
    static final int LEAST = 16;

    /// @param chain hexadecimal id of the chain
    static TakeOver of(SnapshotLog log, String chain) {
        List<RemovalRecord> older = log.removals().stream()
                .filter(removal -> removal.link().chain().equals(chain))
                .filter(removal -> !removal.annuls() || isGone(removal, log))
                .toList();
        Set<Head> records = new LinkedHashSet<>();
        List<RemovalRecord.Range> ranges = new ArrayList<>();
        if (older.size() >= LEAST) {
            older.forEach(removal -> takeOver(removal, log, records, ranges));
        }
        return new TakeOver(records, merged(ranges));
    }

    /// An annulment whose snapshot is still there must stay itself.
    private static boolean isGone(RemovalRecord annulment, SnapshotLog log) {
        return annulment.records().stream().noneMatch(record -> log.isListed(record.name()));
    }

    private static void takeOver(
            RemovalRecord removal, SnapshotLog log, Set<Head> records, List<RemovalRecord.Range> ranges) {
        records.add(removal.head());
        ranges.addAll(removal.ranges());
        for (Head record : removal.records()) {
            if (log.isListed(record.name())) {
                records.add(record);
            } else {
                ranges.add(new RemovalRecord.Range(record.chain(), record.number(), record.number()));
            }
        }
    }

    /// The same numbers in as few ranges as possible, in order.
    static List<RemovalRecord.Range> merged(List<RemovalRecord.Range> ranges) {
        List<RemovalRecord.Range> merged = new ArrayList<>();
        Comparator<RemovalRecord.Range> order =
                Comparator.comparing(RemovalRecord.Range::chain).thenComparingLong(RemovalRecord.Range::first);
        for (RemovalRecord.Range range : ranges.stream().sorted(order).toList()) {
            RemovalRecord.Range last = merged.isEmpty() ? range : merged.getLast();
            boolean joins = !merged.isEmpty() && last.chain().equals(range.chain()) && range.first() - 1 <= last.last();
            if (joins) {
                long end = Math.max(last.last(), range.last());
                merged.set(merged.size() - 1, new RemovalRecord.Range(range.chain(), last.first(), end));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }
}
