package obnam.engine.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import obnam.api.ObjectName;
import obnam.engine.ChainFinding;
import obnam.engine.Head;
import obnam.engine.Receipt;
import obnam.engine.format.LogRecord;
import obnam.engine.format.RemovalRecord;
import obnam.engine.state.KnownHeads;

/// Holds the log against itself, and against what this machine remembers: every number of a chain must have
/// one record that is there or explained, and the one that was seen. Section 7.3 of the format.
final class ChainAudit {

    /// What is known of one number of a chain.
    ///
    /// @param present records that are there and not explained
    /// @param explained records that somebody forgot or annulled
    /// @param claimed records that others tell of
    private record Place(Set<ObjectName> present, Set<ObjectName> explained, Set<ObjectName> claimed) {
        Place() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        boolean stands() {
            return !present.isEmpty() || !explained.isEmpty();
        }

        Stream<ObjectName> standing() {
            return Stream.concat(present.stream(), explained.stream());
        }
    }

    private final SnapshotLog log;
    private final Map<String, NavigableMap<Long, Place>> chains = new TreeMap<>();
    private final List<RemovalRecord.Range> ranges = new ArrayList<>();

    ChainAudit(SnapshotLog log, KnownHeads known) {
        this.log = log;
        known.own().ifPresent(this::claim);
        known.others().forEach(this::claim);
        log.records().forEach(this::add);
    }

    private Place place(String chain, long number) {
        return chains.computeIfAbsent(chain, _ -> new TreeMap<>()).computeIfAbsent(number, _ -> new Place());
    }

    private void claim(Head head) {
        place(head.chain(), head.number()).claimed().add(head.name());
    }

    private void add(LogRecord record) {
        Head head = record.head();
        Place place = place(head.chain(), head.number());
        (log.isRemoved(head) ? place.explained() : place.present()).add(head.name());
        if (head.number() > 0) {
            record.link().before().ifPresent(before -> claim(new Head(head.chain(), head.number() - 1, before)));
        }
        record.link().heads().forEach(this::claim);
        if (record instanceof RemovalRecord removal) {
            removal.records()
                    .forEach(gone ->
                            place(gone.chain(), gone.number()).explained().add(gone.name()));
            ranges.addAll(removal.ranges());
        }
    }

    /// What is wrong, in the order of chains and numbers.
    List<ChainFinding> findings() {
        List<ChainFinding> findings = new ArrayList<>();
        chains.forEach((chain, places) -> findings.addAll(new Review(chain, places).findings()));
        return findings;
    }

    /// Looks through one chain.
    private final class Review {
        private final String chain;
        private final NavigableMap<Long, Place> places;
        private final List<RemovalRecord.Range> gone;
        private final long standing;
        private final List<ChainFinding> findings = new ArrayList<>();

        Review(String chain, NavigableMap<Long, Place> places) {
            this.chain = chain;
            this.places = places;
            this.gone = TakeOver.merged(
                    ranges.stream().filter(range -> range.chain().equals(chain)).toList());
            long named = places.descendingMap().entrySet().stream()
                    .filter(entry -> entry.getValue().stands())
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .orElse(-1L);
            // the greatest number that has a record, or is explained; -1 if none is
            this.standing =
                    gone.isEmpty() ? named : Math.max(named, gone.getLast().last());
        }

        List<ChainFinding> findings() {
            long next = 0;
            for (Map.Entry<Long, Place> entry : places.entrySet()) {
                long number = entry.getKey();
                missing(next, number - 1);
                next = number + 1;
                boolean settled = gone.stream().anyMatch(range -> range.contains(number));
                if (!settled && isForked(entry.getValue())) {
                    findings.add(new ChainFinding(ChainFinding.Kind.FORK, chain, number, number));
                } else if (!settled && isMissing(entry.getValue())) {
                    report(number, number);
                }
            }
            return findings;
        }

        /// Numbers of which nobody tells: missing, as far as no range explains them.
        private void missing(long first, long last) {
            long from = first;
            for (RemovalRecord.Range range : gone) {
                if (range.last() >= from && range.first() <= last) {
                    report(from, range.first() - 1);
                    if (range.last() >= last) {
                        return;
                    }
                    from = range.last() + 1;
                }
            }
            report(from, last);
        }

        /// Adds a finding, or joins it to the one before.
        private void report(long first, long last) {
            if (last < first) {
                return;
            }
            ChainFinding.Kind kind = standing < 0
                    ? ChainFinding.Kind.HIDDEN_CHAIN
                    : first > standing ? ChainFinding.Kind.OLDER_HEAD : ChainFinding.Kind.GAP;
            boolean joins = !findings.isEmpty()
                    && findings.getLast().kind() == kind
                    && findings.getLast().last() + 1 == first;
            long begin = joins ? findings.removeLast().first() : first;
            findings.add(new ChainFinding(kind, chain, begin, last));
        }
    }

    private boolean isForked(Place place) {
        return place.present().size() > 1 || place.stands() && hasUnmetClaim(place);
    }

    private boolean isMissing(Place place) {
        return !place.stands() && hasUnmetClaim(place);
    }

    /// Whether somebody tells of a record here that is not. One that is there and cannot be read is another
    /// matter.
    private boolean hasUnmetClaim(Place place) {
        return place.claimed().stream()
                .anyMatch(name -> !place.present().contains(name)
                        && !place.explained().contains(name)
                        && !log.unreadable().contains(name));
    }

    /// The place of a record that cannot be read, if another record, or this machine, tells of it.
    Optional<Head> placeOf(ObjectName name) {
        for (Map.Entry<String, NavigableMap<Long, Place>> chain : chains.entrySet()) {
            for (Map.Entry<Long, Place> place : chain.getValue().entrySet()) {
                if (place.getValue().claimed().contains(name)) {
                    return Optional.of(new Head(chain.getKey(), place.getKey(), name));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether the log has the record of a receipt, or says that it was forgotten.
    boolean has(Receipt receipt) {
        boolean named = chains.entrySet().stream()
                .filter(chain -> chain.getKey().startsWith(receipt.chain()))
                .flatMap(chain -> chain.getValue()
                        .getOrDefault(receipt.number(), new Place())
                        .standing())
                .anyMatch(name -> name.hex().startsWith(receipt.name()));
        return named
                || ranges.stream()
                        .anyMatch(
                                range -> range.chain().startsWith(receipt.chain()) && range.contains(receipt.number()));
    }
}
