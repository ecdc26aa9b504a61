package obnam.server.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with units, as people write them: `500 GB`, `64 MiB`, `30 days`, `12h`.
public final class Quantities {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*([A-Za-z]*)");
    private static final Map<String, Long> SIZES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "tb",
            1_000_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30,
            "tib",
            1L << 40);
    private static final Map<String, Long> SECONDS = Map.ofEntries(
            Map.entry("s", 1L),
            Map.entry("second", 1L),
            Map.entry("seconds", 1L),
            Map.entry("min", 60L),
            Map.entry("minute", 60L),
            Map.entry("minutes", 60L),
            Map.entry("h", 3600L),
            Map.entry("hour", 3600L),
            Map.entry("hours", 3600L),
            Map.entry("d", 86_400L),
            Map.entry("day", 86_400L),
            Map.entry("days", 86_400L));

    private Quantities() {}

    /// @return a number of bytes, or empty if the text is none
    public static Optional<Long> size(String text) {
        return parse(text, SIZES);
    }

    /// @return a duration, or empty if the text is none; `0` needs no unit
    public static Optional<Duration> duration(String text) {
        return text.equals("0")
                ? Optional.of(Duration.ZERO)
                : parse(text, SECONDS).map(Duration::ofSeconds);
    }

    private static Optional<Long> parse(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        long number = Long.parseLong(matcher.group(1));
        return unit == null || number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
    }
}
