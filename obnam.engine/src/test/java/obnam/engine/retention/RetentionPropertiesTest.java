package obnam.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import obnam.engine.Snapshot;
import org.junit.jupiter.api.Test;

/// What holds for every policy, tried with random ones.
class RetentionPropertiesTest {

    private static final long SEED = Long.getLong("obnam.seed", 20_261_124);
    private static final int ROUNDS = 2_000;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Lord_Howe"));

    private record Case(ZoneId zone, List<Snapshot> snapshots, Policy policy) {}

    private static Case random(Random random) {
        List<Snapshot> snapshots = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        long spread = Duration.ofDays(1 + random.nextInt(2000)).toMinutes();
        for (int i = 0; i < count; i++) {
            Instant time = NOW.plus(Duration.ofDays(random.nextInt(4)))
                    .minus(Duration.ofMinutes(random.nextLong(spread)))
                    .plusNanos(i);
            snapshots.add(RetentionTest.snapshot(time, random.nextInt(5) == 0 ? new String[] {"t"} : new String[0]));
        }
        snapshots.sort(Comparator.comparing(Snapshot::time).reversed());
        return new Case(ZONES.get(random.nextInt(ZONES.size())), snapshots, policy(random));
    }

    private static Policy policy(Random random) {
        Map<Period, Integer> counts = new EnumMap<>(Period.class);
        Map<Period, Age> ages = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            if (random.nextInt(3) == 0) {
                counts.put(period, random.nextInt(6));
            }
            if (period != Period.LAST && random.nextInt(6) == 0) {
                ages.put(period, age(random));
            }
        }
        Optional<Age> within = random.nextInt(4) == 0 ? Optional.of(age(random)) : Optional.empty();
        List<Set<String>> tags = random.nextInt(5) == 0 ? List.of(Set.of("t")) : List.of();
        Policy policy = new Policy(counts, within, ages, tags);
        return policy.isEmpty() ? new Policy(Map.of(Period.LAST, 1), within, ages, tags) : policy;
    }

    private static Age age(Random random) {
        return new Age(random.nextInt(2), random.nextInt(4), random.nextInt(20), random.nextInt(30));
    }

    /// A policy with one rule more, or a greater number.
    private static Policy more(Policy policy, Random random) {
        Map<Period, Integer> counts = new EnumMap<>(Period.class);
        counts.putAll(policy.counts());
        List<Period> periods = List.of(Period.values());
        Period period = periods.get(random.nextInt(periods.size()));
        counts.merge(period, 1 + random.nextInt(4), Integer::sum);
        Optional<Age> within = policy.within()
                .map(age -> new Age(age.years(), age.months(), age.days() + random.nextInt(9), age.hours()));
        return new Policy(counts, within, policy.withinEach(), policy.tags());
    }

    private static Set<Snapshot> kept(Case one, Policy policy) {
        return new Retention(policy, NOW, one.zone())
                .decide(one.snapshots()).stream()
                        .filter(Decision::kept)
                        .map(Decision::snapshot)
                        .collect(Collectors.toSet());
    }

    @Test
    void theNewestOfAGroupIsNeverForgotten() {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Case one = random(random);
            Optional<Snapshot> newest = one.snapshots().stream()
                    .filter(snapshot -> !Retention.isAhead(snapshot, NOW))
                    .findFirst();
            Set<Snapshot> kept = kept(one, one.policy());
            assertThat(kept)
                    .as("seed %d round %d: %s", SEED, i, one)
                    .isNotEmpty()
                    .containsAll(newest.stream().toList());
        }
    }

    @Test
    void morePolicyKeepsNoLess() {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Case one = random(random);
            Policy more = more(one.policy(), random);
            assertThat(kept(one, more))
                    .as("seed %d round %d: %s and %s", SEED, i, one, more)
                    .containsAll(kept(one, one.policy()));
        }
    }

    @Test
    void whatIsKeptIsKeptAgain() {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Case one = random(random);
            List<Snapshot> kept = one.snapshots().stream()
                    .filter(kept(one, one.policy())::contains)
                    .toList();
            Case again = new Case(one.zone(), kept, one.policy());
            assertThat(kept(again, one.policy()))
                    .as("seed %d round %d: %s", SEED, i, one)
                    .hasSameSizeAs(kept);
        }
    }

    @Test
    void everySnapshotIsDecidedOnInOrder() {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Case one = random(random);
            assertThat(new Retention(one.policy(), NOW, one.zone()).decide(one.snapshots()))
                    .as("seed %d round %d", SEED, i)
                    .extracting(Decision::snapshot)
                    .isEqualTo(one.snapshots());
        }
    }
}
