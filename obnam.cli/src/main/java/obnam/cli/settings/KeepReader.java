package obnam.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import obnam.api.UsageException;
import obnam.cli.host.Utf8;
import obnam.engine.retention.Grouping;
import obnam.posix.FileNames;

/// Reads the map below `keep:` in `obnam.yaml`.
final class KeepReader {

    private static final String GROUP_BY = "group-by";

    private final String file;

    /// @param file printable name of the configuration file, for errors
    KeepReader(String file) {
        this.file = file;
    }

    KeepRules read(YamlValue value) {
        if (!(value instanceof YamlValue.Mapping mapping)) {
            throw refused("a map is wanted for keep", value, "Write lines such as daily: 7 below it, indented");
        }
        KeepRules rules = KeepRules.NONE;
        for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
            for (YamlValue.Scalar item : items(entry.getKey(), entry.getValue())) {
                rules = with(rules, entry.getKey(), item);
            }
        }
        return rules;
    }

    private KeepRules with(KeepRules rules, String key, YamlValue.Scalar item) {
        String text = Utf8.decode(item.bytes()).orElseThrow(() -> refused("this must be valid UTF-8", item, ""));
        if (key.equals(GROUP_BY)) {
            return rules.groupedBy(Grouping.parse(text)
                    .orElseThrow(
                            () -> refused("snapshots cannot be grouped by this", item, KeepRules.GROUPING_ADVICE)));
        }
        if (!KeepRules.names().contains(key)) {
            throw refused(
                    "there is no rule of this name: " + FileNames.display(FileNames.of(key)),
                    item,
                    "Rules are " + String.join(", ", KeepRules.names()) + ", and " + GROUP_BY);
        }
        return rules.with(key, text)
                .orElseThrow(() -> refused("this value makes no sense for " + key, item, KeepRules.valuesOf(key)));
    }

    /// A list is several rules; only tags can have several.
    private List<YamlValue.Scalar> items(String key, YamlValue value) {
        List<YamlValue.Scalar> items = new ArrayList<>();
        boolean list = value instanceof YamlValue.Sequence && key.equals(KeepRules.TAG);
        List<YamlValue> values = list ? ((YamlValue.Sequence) value).items() : List.of(value);
        for (YamlValue item : values) {
            if (!(item instanceof YamlValue.Scalar scalar)) {
                throw refused("one value is wanted for " + key, item, "");
            }
            items.add(scalar);
        }
        return items;
    }

    private UsageException refused(String what, YamlValue where, String advice) {
        return new UsageException(what, file + " line " + where.line(), advice);
    }
}
