package obnam.cli.settings;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import obnam.engine.retention.Age;
import obnam.engine.retention.Grouping;
import obnam.engine.retention.Period;
import obnam.engine.retention.Policy;

/// Rules that say which snapshots `forget` keeps, as users write them: each a name and a value, such as
/// `daily` and `7`, `within-weekly` and `1y`, or `tag` and `forever`.
///
/// @param policy the rules
/// @param grouping which snapshots they count together, if that is said
public record KeepRules(Policy policy, Optional<Grouping> grouping) {

    /// No rules.
    public static final KeepRules NONE = new KeepRules(Policy.EMPTY, Optional.empty());

    /// The name of the rule that keeps all that are not older than an age; with a hyphen and a period behind
    /// it, of the rule that keeps one of each period.
    public static final String WITHIN = "within";

    /// The name of the rule that keeps what has certain tags.
    public static final String TAG = "tag";

    /// What snapshots can be grouped by, as advice.
    public static final String GROUPING_ADVICE =
            "Write host, roots and tags, or some of them, with commas between them, or nothing";

    private static final String UNLIMITED = "unlimited";
    private static final int COUNT_LIMIT = 1_000_000;

    /// The names of all rules.
    public static List<String> names() {
        Stream<String> counts = Arrays.stream(Period.values()).map(Period::word);
        Stream<String> ages = Arrays.stream(Period.values()).skip(1).map(period -> WITHIN + "-" + period.word());
        return Stream.of(counts, Stream.of(WITHIN), ages, Stream.of(TAG))
                .flatMap(names -> names)
                .toList();
    }

    /// The same and one rule more.
    ///
    /// @param name one of [#names]
    /// @return empty if the value makes no sense
    public Optional<KeepRules> with(String name, String value) {
        if (name.equals(TAG)) {
            return labels(value);
        }
        if (name.startsWith(WITHIN)) {
            return Age.parse(value).map(age -> within(name, age));
        }
        OptionalInt count = count(value);
        return count.isPresent() ? Optional.of(counted(name, count.getAsInt())) : Optional.empty();
    }

    private static OptionalInt count(String value) {
        if (value.equals(UNLIMITED)) {
            return OptionalInt.of(Policy.UNLIMITED);
        }
        return value.matches("[0-9]{1,7}")
                ? OptionalInt.of(Math.min(COUNT_LIMIT, Integer.parseInt(value)))
                : OptionalInt.empty();
    }

    private KeepRules counted(String name, int count) {
        Map<Period, Integer> counts = new EnumMap<>(Period.class);
        counts.putAll(policy.counts());
        counts.put(Period.of(name).orElseThrow(), count);
        return with(new Policy(counts, policy.within(), policy.withinEach(), policy.tags()));
    }

    private KeepRules within(String name, Age age) {
        if (name.equals(WITHIN)) {
            return with(new Policy(policy.counts(), Optional.of(age), policy.withinEach(), policy.tags()));
        }
        Map<Period, Age> ages = new EnumMap<>(Period.class);
        ages.putAll(policy.withinEach());
        ages.put(Period.of(name.substring(WITHIN.length() + 1)).orElseThrow(), age);
        return with(new Policy(policy.counts(), policy.within(), ages, policy.tags()));
    }

    private Optional<KeepRules> labels(String value) {
        List<String> labels = List.of(value.split(",", -1));
        if (labels.contains("")) {
            return Optional.empty();
        }
        List<Set<String>> tags = Stream.concat(policy.tags().stream(), Stream.of(new HashSet<>(labels)))
                .map(Set::copyOf)
                .toList();
        return Optional.of(with(new Policy(policy.counts(), policy.within(), policy.withinEach(), tags)));
    }

    private KeepRules with(Policy other) {
        return new KeepRules(other, grouping);
    }

    /// The same with another grouping.
    public KeepRules groupedBy(Grouping other) {
        return new KeepRules(policy, Optional.of(other));
    }

    /// What a value may be, for the advice of an error.
    public static String valuesOf(String name) {
        if (name.equals(TAG)) {
            return "Write tags with commas between them";
        }
        return name.startsWith(WITHIN) ? "Write an age, such as 2y6m or 14d12h" : "Write a number, or " + UNLIMITED;
    }

    /// One line for each rule, as the configuration has them.
    public List<String> lines() {
        Stream<String> counts = policy.counts().entrySet().stream()
                .map(rule -> rule.getKey().word() + ": "
                        + (rule.getValue() == Policy.UNLIMITED
                                ? UNLIMITED
                                : rule.getValue().toString()));
        Stream<String> all = policy.within().stream().map(age -> WITHIN + ": " + age);
        Stream<String> ages = policy.withinEach().entrySet().stream()
                .map(rule -> WITHIN + "-" + rule.getKey().word() + ": " + rule.getValue());
        Stream<String> tags = policy.tags().stream()
                .map(labels -> TAG + ": " + labels.stream().sorted().collect(Collectors.joining(",")));
        return Stream.of(counts, all, ages, tags).flatMap(lines -> lines).toList();
    }
}
