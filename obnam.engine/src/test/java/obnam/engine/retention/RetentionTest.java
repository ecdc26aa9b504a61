package obnam.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Counts;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.FileNames;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules, as restic's manual describes those of the same names, and where ours differ.
class RetentionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static Snapshot snapshot(Instant time, String... tags) {
        String name = "%016x%048x".formatted(time.getEpochSecond(), time.getNano());
        return new Snapshot(
                new ObjectName(ObjectKind.SNAPSHOT, name),
                new Timestamp(time.getEpochSecond(), time.getNano()),
                new Timestamp(time.getEpochSecond(), time.getNano()),
                "host",
                "user",
                "test",
                List.of(FileNames.of("/home")),
                List.of(tags),
                Optional.empty(),
                new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new TreeReference(0, ChunkId.from(new byte[ChunkId.BYTES], 0), 1));
    }

    private static Policy counts(Period period, int count) {
        return new Policy(Map.of(period, count), Optional.empty(), Map.of(), List.of());
    }

    private static Policy within(String age) {
        return new Policy(Map.of(), Age.parse(age), Map.of(), List.of());
    }

    private static List<Snapshot> newestFirst(List<Snapshot> snapshots) {
        return snapshots.stream()
                .sorted(Comparator.comparing(Snapshot::time).reversed())
                .toList();
    }

    /// The times that are kept, each with its reasons.
    private static List<String> kept(Policy policy, ZoneId zone, String... localTimes) {
        List<Snapshot> snapshots = Arrays.stream(localTimes)
                .map(time -> time.endsWith("Z")
                        ? Instant.parse(time)
                        : LocalDateTime.parse(time).atZone(zone).toInstant())
                .map(RetentionTest::snapshot)
                .toList();
        return new Retention(policy, NOW, zone)
                .decide(newestFirst(snapshots)).stream()
                        .filter(Decision::kept)
                        .map(decision -> decision.snapshot().time() + " " + String.join(", ", decision.reasons()))
                        .toList();
    }

    private static List<String> kept(Policy policy, String... utcTimes) {
        return kept(policy, ZoneOffset.UTC, utcTimes);
    }

    @Test
    void theLastOnesAreKept() {
        assertThat(kept(counts(Period.LAST, 2), "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2025-06-01T00:00:00Z"))
                .containsExactly("2026-01-01T00:00:01Z last", "2026-01-01T00:00:00Z last");
    }

    @ParameterizedTest
    @CsvSource({
        "HOURLY, 2026-11-22T10:59:59Z, 2026-11-22T10:00:00Z, 2026-11-22T09:59:59Z",
        "DAILY, 2026-11-22T23:59:59Z, 2026-11-22T00:00:00Z, 2026-11-21T23:59:59Z",
        // ISO weeks: from Monday to Sunday, also across the end of a year
        "WEEKLY, 2026-01-04T23:00:00Z, 2025-12-29T00:00:00Z, 2025-12-28T23:59:59Z",
        "MONTHLY, 2026-11-22T00:00:00Z, 2026-11-01T00:00:00Z, 2026-10-31T23:59:59Z",
        "YEARLY, 2026-11-22T00:00:00Z, 2026-01-01T00:00:00Z, 2025-12-31T23:59:59Z",
    })
    void theNewestOfEachPeriodIsKept(Period period, String newest, String samePeriod, String before) {
        // further ones, so that the oldest is none of these
        String[] times = {newest, samePeriod, before, "2020-01-01T00:00:00Z"};
        assertThat(kept(counts(period, 2), times))
                .containsExactly(newest + " " + period.word(), before + " " + period.word());
    }

    @Test
    void onlyPeriodsWithSnapshotsAreCounted() {
        assertThat(kept(
                        counts(Period.DAILY, 3),
                        "2026-11-20T01:00:00Z",
                        "2026-11-10T01:00:00Z",
                        "2026-07-10T01:00:00Z",
                        "2026-07-10T00:00:00Z"))
                .hasSize(3)
                .noneMatch(kept -> kept.startsWith("2026-07-10T00"));
    }

    @Test
    void theOldestIsKeptUntilAllPeriodsAreFull() {
        String[] times = {"2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", "2026-02-03T00:00:00Z", "2026-02-02T00:00:00Z"
        };
        assertThat(kept(counts(Period.MONTHLY, 3), times))
                .containsExactly(
                        "2026-03-02T00:00:00Z monthly",
                        "2026-02-03T00:00:00Z monthly",
                        "2026-02-02T00:00:00Z oldest monthly");
        assertThat(kept(counts(Period.MONTHLY, 2), times)).hasSize(2);
    }

    @Test
    void unlimitedKeepsOneOfEachPeriod() {
        assertThat(kept(
                        counts(Period.YEARLY, Policy.UNLIMITED),
                        "2026-03-02T00:00:00Z",
                        "2025-03-01T00:00:00Z",
                        "1925-02-03T00:00:00Z"))
                .hasSize(3);
    }

    @Test
    void anAgeIsMeasuredFromTheNewestSnapshotAndIncludesItsEnd() {
        assertThat(kept(
                        within("1m2d3h"),
                        "2020-03-31T12:00:00Z",
                        "2020-02-27T09:00:00Z",
                        "2020-02-27T08:59:59Z",
                        "2019-01-01T00:00:00Z"))
                .containsExactly("2020-03-31T12:00:00Z within 1m2d3h", "2020-02-27T09:00:00Z within 1m2d3h");
    }

    @Test
    void withinAnAgeOneOfEachPeriodIsKept() {
        Policy policy = new Policy(Map.of(), Optional.empty(), Map.of(Period.DAILY, new Age(0, 0, 2, 0)), List.of());
        assertThat(kept(
                        policy,
                        "2026-11-20T12:00:00Z",
                        "2026-11-20T11:00:00Z",
                        "2026-11-18T13:00:00Z",
                        "2026-11-18T11:00:00Z",
                        "2026-11-01T11:00:00Z"))
                .containsExactly("2026-11-20T12:00:00Z daily within 2d", "2026-11-18T13:00:00Z daily within 2d");
    }

    @Test
    void oneRuleIsEnoughAndAllReasonsAreGiven() {
        Policy policy = new Policy(Map.of(Period.LAST, 1, Period.DAILY, 2), Age.parse("1h"), Map.of(), List.of());
        assertThat(kept(policy, "2026-11-20T12:00:00Z", "2026-11-19T12:00:00Z", "2026-11-18T12:00:00Z"))
                .containsExactly("2026-11-20T12:00:00Z last, daily, within 1h", "2026-11-19T12:00:00Z daily");
    }

    @Test
    void labelsKeepWhatHasAllOfOneSet() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        List<Snapshot> snapshots = List.of(
                snapshot(time.plusSeconds(5)),
                snapshot(time.plusSeconds(4), "a", "b"),
                snapshot(time.plusSeconds(3), "a"),
                snapshot(time.plusSeconds(2), "c", "d"));
        Policy policy = new Policy(Map.of(), Optional.empty(), Map.of(), List.of(Set.of("a", "b"), Set.of("c")));
        assertThat(new Retention(policy, NOW, ZoneOffset.UTC).decide(snapshots))
                .extracting(Decision::reasons)
                .containsExactly(
                        List.of("newest of its group"),
                        List.of("tags " + String.join(",", Set.of("a", "b"))),
                        List.of(),
                        List.of("tags c"));
    }

    @Test
    void whatIsDatedInTheFutureIsKeptAndMeasuresNothing() {
        String[] times = {
            "2126-01-01T00:00:00Z",
            "2026-11-24T12:00:01Z",
            "2026-11-24T12:00:00Z",
            "2026-11-20T12:00:00Z",
            "2026-11-10T12:00:00Z",
            "2026-01-01T12:00:00Z"
        };
        assertThat(kept(counts(Period.LAST, 1), times))
                .containsExactly(
                        "2126-01-01T00:00:00Z dated in the future",
                        "2026-11-24T12:00:01Z dated in the future",
                        "2026-11-24T12:00:00Z last");
        assertThat(kept(within("7d"), times)).hasSize(4);
        assertThat(kept(counts(Period.YEARLY, 1), times[0], times[1])).hasSize(2);
    }

    @Test
    void periodsAreThoseOfTheLocalCalendar() {
        // 23:30 and 00:30 in UTC are one day in Berlin, 22:30 and 23:30 are two
        String[] times = {"2026-06-02T00:30:00Z", "2026-06-01T23:30:00Z", "2026-06-01T21:30:00Z", "2026-05-01T00:00:00Z"
        };
        assertThat(kept(counts(Period.DAILY, 2), BERLIN, times))
                .containsExactly("2026-06-02T00:30:00Z daily", "2026-06-01T21:30:00Z daily");
        assertThat(kept(counts(Period.DAILY, 2), ZoneOffset.UTC, times))
                .containsExactly("2026-06-02T00:30:00Z daily", "2026-06-01T23:30:00Z daily");
    }

    @Test
    void theHourThatComesTwiceIsOne() {
        // clocks went from 03:00 back to 02:00 at 01:00Z on 25 October 2026
        assertThat(kept(
                        counts(Period.HOURLY, 3),
                        BERLIN,
                        "2026-10-25T02:10:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-24T23:30:00Z",
                        "2026-10-01T00:00:00Z"))
                .containsExactly(
                        "2026-10-25T02:10:00Z hourly", "2026-10-25T01:30:00Z hourly", "2026-10-24T23:30:00Z hourly");
    }

    @Test
    void daysHaveTwentyThreeOrTwentyFiveHoursInAges() {
        // 29 March 2026 has 23 hours in Berlin: a day before 12:00 local time is 11:00Z, not 10:00Z
        assertThat(kept(within("1d"), BERLIN, "2026-03-29T12:00", "2026-03-28T12:00", "2026-03-28T11:59"))
                .hasSize(2);
        assertThat(kept(within("24h"), BERLIN, "2026-03-29T12:00", "2026-03-28T12:00", "2026-03-28T11:00"))
                .hasSize(3);
        assertThat(kept(within("24h"), BERLIN, "2026-10-25T12:00", "2026-10-24T13:00", "2026-10-24T12:00"))
                .hasSize(2);
    }

    @Test
    void timesThatNoCalendarHoldsHarmNothing() {
        List<Snapshot> snapshots = new ArrayList<>();
        for (long seconds : new long[] {Long.MAX_VALUE, 0, Long.MIN_VALUE}) {
            Snapshot any = snapshot(Instant.EPOCH);
            snapshots.add(new Snapshot(
                    any.name(),
                    new Timestamp(seconds, 0),
                    any.endTime(),
                    any.host(),
                    any.user(),
                    any.programVersion(),
                    any.roots(),
                    any.tags(),
                    any.parent(),
                    any.counts(),
                    any.tree()));
        }
        Policy policy =
                new Policy(Map.of(Period.WEEKLY, 1), Age.parse("99999y99999m99999d99999h"), Map.of(), List.of());
        assertThat(new Retention(policy, NOW, BERLIN).decide(snapshots))
                .extracting(Decision::reasons)
                .containsExactly(
                        List.of("dated in the future"),
                        List.of("weekly", "within 99999y99999m99999d99999h"),
                        List.of());
    }

    @Test
    void anEmptyPolicyIsNotApplied() {
        assertThat(Policy.EMPTY.isEmpty()).isTrue();
        assertThat(counts(Period.DAILY, 0).isEmpty()).isTrue();
        assertThatThrownBy(() -> new Retention(counts(Period.DAILY, 0), NOW, BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1y, 1y", "14d12h, 14d12h", "2y3m4d5h, 2y3m4d5h", "0d, 0h", "007d, 7d"})
    void agesAreRead(String text, String shown) {
        assertThat(Age.parse(text).map(Age::toString)).contains(shown);
    }

    @Test
    void otherAgesAreRefused() {
        assertThat(List.of("", "7", "d", "1h2d", "-1d", "1d ", "1D", "999999d", "1.5d"))
                .allMatch(text -> Age.parse(text).isEmpty());
    }

    @Test
    void groupsAreByHostRootsAndLabels() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        Snapshot one = snapshot(time, "x", "y");
        Snapshot other = snapshot(time.plusSeconds(1), "y", "x");
        Snapshot third = snapshot(time.plusSeconds(2));
        List<Snapshot> all = List.of(one, other, third);

        assertThat(Grouping.DEFAULT.groups(all))
                .containsExactly(new Grouping.Group("host host; roots /home", List.of(third, other, one)));
        assertThat(Grouping.parse("tags").orElseThrow().groups(all))
                .extracting(Grouping.Group::name)
                .containsExactly("no tags", "tags x,y");
        assertThat(Grouping.parse("").orElseThrow().groups(all)).hasSize(1);
        assertThat(Grouping.parse("host,paths")).isEmpty();
        assertThat(Grouping.parse("host,roots")).contains(Grouping.DEFAULT);
        assertThat(Arrays.stream(Period.values()).map(Period::word).collect(Collectors.joining(" ")))
                .isEqualTo("last hourly daily weekly monthly yearly");
    }
}
