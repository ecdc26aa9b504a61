package obnam.engine.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import obnam.engine.Snapshot;
import obnam.posix.Timestamp;

/// Applies a policy to the snapshots of a group. The meaning of the rules is that of restic's options of the
/// same names, as its manual describes it ("Removing backup snapshots"); with these differences, all on the
/// side of keeping: the newest snapshot of a group is always kept, a snapshot that is dated more than a day
/// ahead is kept and is no measure for others, and an age includes its end.
///
/// A snapshot that one rule keeps is kept, so a policy with more rules or greater numbers never keeps less.
public final class Retention {

    private static final Duration AHEAD = Duration.ofDays(1);
    // Far from the ends of the calendar, so that ages and zones can be added.
    private static final long EARLIEST =
            Instant.parse("-900000000-01-01T00:00:00Z").getEpochSecond();
    private static final long LATEST =
            Instant.parse("+900000000-01-01T00:00:00Z").getEpochSecond();

    private final Policy policy;
    private final Instant now;
    private final ZoneId zone;

    /// @param policy with at least one rule
    /// @param now the time now
    /// @param zone whose calendar counts
    /// @throws IllegalArgumentException if the policy is empty
    public Retention(Policy policy, Instant now, ZoneId zone) {
        if (policy.isEmpty()) {
            throw new IllegalArgumentException("an empty policy must not be applied");
        }
        this.policy = policy;
        this.now = now;
        this.zone = zone;
    }

    /// Whether a snapshot is dated more than a day ahead: a clock was wrong.
    public static boolean isAhead(Snapshot snapshot, Instant now) {
        return snapshot.time().seconds() > now.plus(AHEAD).getEpochSecond();
    }

    /// Decides on each snapshot.
    ///
    /// @param snapshots of one group, the newest first
    /// @return in the same order
    public List<Decision> decide(List<Snapshot> snapshots) {
        Map<Snapshot, List<String>> reasons = new LinkedHashMap<>();
        List<Snapshot> dated = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            reasons.put(snapshot, new ArrayList<>());
            if (isAhead(snapshot, now)) {
                reasons.get(snapshot).add("dated in the future");
            } else {
                dated.add(snapshot);
            }
        }
        List<ZonedDateTime> times = dated.stream().map(this::time).toList();
        rules(times).forEach(rule -> keep(rule, dated, times, reasons));
        for (Snapshot snapshot : dated) {
            tags(snapshot).ifPresent(tags -> reasons.get(snapshot).add("tags " + String.join(",", tags)));
        }
        if (!dated.isEmpty() && reasons.get(dated.getFirst()).isEmpty()) {
            reasons.get(dated.getFirst()).add("newest of its group");
        }
        return reasons.entrySet().stream()
                .map(entry -> new Decision(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /// Keeps the newest of each period, as long as there are periods left and they are not too old.
    ///
    /// @param name what it is called in reasons
    private record Rule(Period period, int count, Optional<ZonedDateTime> oldest, String name) {}

    private List<Rule> rules(List<ZonedDateTime> times) {
        List<Rule> rules = new ArrayList<>();
        for (Period period : Period.values()) {
            int count = policy.counts().getOrDefault(period, 0);
            rules.add(new Rule(period, count, Optional.empty(), period.word()));
        }
        policy.within().ifPresent(age -> rules.add(within(Period.LAST, age, "within " + age, times)));
        for (Period period : Period.values()) {
            Optional.ofNullable(policy.withinEach().get(period))
                    .ifPresent(age -> rules.add(within(period, age, period.word() + " within " + age, times)));
        }
        return rules;
    }

    private static Rule within(Period period, Age age, String name, List<ZonedDateTime> times) {
        return new Rule(period, Policy.UNLIMITED, times.stream().findFirst().map(age::before), name);
    }

    /// The oldest snapshot of all is kept too while there are periods left: until they are full, it stands for
    /// the time before.
    private static void keep(
            Rule rule, List<Snapshot> snapshots, List<ZonedDateTime> times, Map<Snapshot, List<String>> reasons) {
        int left = rule.count();
        Optional<Long> last = Optional.empty();
        for (int i = 0; i < snapshots.size() && left > 0; i++) {
            ZonedDateTime time = times.get(i);
            if (rule.oldest().isPresent() && time.isBefore(rule.oldest().get())) {
                return;
            }
            long bucket = rule.period().bucket(time, i);
            boolean isNew = last.isEmpty() || last.get() != bucket;
            if (isNew || i == snapshots.size() - 1) {
                reasons.get(snapshots.get(i)).add(isNew ? rule.name() : "oldest " + rule.name());
                left -= 1;
            }
            last = Optional.of(bucket);
        }
    }

    private Optional<Set<String>> tags(Snapshot snapshot) {
        return policy.tags().stream()
                .filter(tags -> snapshot.tags().containsAll(tags))
                .findFirst();
    }

    private ZonedDateTime time(Snapshot snapshot) {
        Timestamp time = snapshot.time();
        long seconds = Math.clamp(time.seconds(), EARLIEST, LATEST);
        return Instant.ofEpochSecond(seconds, time.nanoseconds()).atZone(zone);
    }
}
