package obnam.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.settings.KeepRules;
import obnam.engine.retention.Grouping;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// A command whose options are rules that say which snapshots to keep.
abstract class KeepingCommand extends FilteringCommand {

    private static final String PREFIX = "--keep-";

    @Option(name = "--keep-last", metaVar = "N", usage = "keep the N newest snapshots")
    private @Nullable RawText last;

    @Option(name = "--keep-hourly", metaVar = "N", usage = "keep one of each of the N newest hours")
    private @Nullable RawText hourly;

    @Option(name = "--keep-daily", metaVar = "N", usage = "keep one of each of the N newest days")
    private @Nullable RawText daily;

    @Option(name = "--keep-weekly", metaVar = "N", usage = "keep one of each of the N newest weeks")
    private @Nullable RawText weekly;

    @Option(name = "--keep-monthly", metaVar = "N", usage = "keep one of each of the N newest months")
    private @Nullable RawText monthly;

    @Option(name = "--keep-yearly", metaVar = "N", usage = "keep one of each of the N newest years")
    private @Nullable RawText yearly;

    @Option(name = "--keep-within", metaVar = "AGE", usage = "keep all of an age such as 1y5m7d2h")
    private @Nullable RawText within;

    @Option(name = "--keep-within-hourly", metaVar = "AGE", usage = "keep one of each hour of that age")
    private @Nullable RawText withinHourly;

    @Option(name = "--keep-within-daily", metaVar = "AGE", usage = "keep one of each day of that age")
    private @Nullable RawText withinDaily;

    @Option(name = "--keep-within-weekly", metaVar = "AGE", usage = "keep one of each week of that age")
    private @Nullable RawText withinWeekly;

    @Option(name = "--keep-within-monthly", metaVar = "AGE", usage = "keep one of each month of that age")
    private @Nullable RawText withinMonthly;

    @Option(name = "--keep-within-yearly", metaVar = "AGE", usage = "keep one of each year of that age")
    private @Nullable RawText withinYearly;

    @Option(name = "--keep-tag", metaVar = "TAG", usage = "keep what has this tag, or these with commas; repeatable")
    private List<RawText> tags = new ArrayList<>();

    @Option(name = "--group-by", metaVar = "LIST", usage = "apply rules by host, roots and tags (default: host,roots)")
    private @Nullable RawText groupBy;

    /// The rules that were given; empty if none was.
    ///
    /// @throws UsageException if one makes no sense
    final Optional<KeepRules> rules() {
        Map<String, @Nullable RawText> given = new LinkedHashMap<>();
        given.put("last", last);
        given.put("hourly", hourly);
        given.put("daily", daily);
        given.put("weekly", weekly);
        given.put("monthly", monthly);
        given.put("yearly", yearly);
        given.put("within", within);
        given.put("within-hourly", withinHourly);
        given.put("within-daily", withinDaily);
        given.put("within-weekly", withinWeekly);
        given.put("within-monthly", withinMonthly);
        given.put("within-yearly", withinYearly);
        KeepRules rules = KeepRules.NONE;
        for (Map.Entry<String, @Nullable RawText> rule : given.entrySet()) {
            rules = with(rules, rule.getKey(), Optional.ofNullable(rule.getValue()));
        }
        for (RawText tag : tags) {
            rules = with(rules, KeepRules.TAG, Optional.of(tag));
        }
        return rules.equals(KeepRules.NONE) ? Optional.empty() : Optional.of(rules);
    }

    private static KeepRules with(KeepRules rules, String name, Optional<RawText> value) {
        if (value.isEmpty()) {
            return rules;
        }
        return rules.with(name, value.get().text())
                .orElseThrow(() -> new UsageException(
                        "this value makes no sense for " + PREFIX + name,
                        value.get().toString(),
                        KeepRules.valuesOf(name)));
    }

    /// How snapshots are to be grouped, if that was said.
    final Optional<Grouping> grouping() {
        return text(groupBy)
                .map(words -> Grouping.parse(words)
                        .orElseThrow(() -> new UsageException(
                                "snapshots cannot be grouped by this", words, KeepRules.GROUPING_ADVICE)));
    }

    /// The names of all options that are rules.
    static List<String> ruleNames() {
        return KeepRules.names().stream().map(name -> PREFIX + name).toList();
    }
}
