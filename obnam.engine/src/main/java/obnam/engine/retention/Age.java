package obnam.engine.retention;

import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A span of time by the calendar, such as `1y5m7d2h`.
///
/// @param years 0 to 99,999, as the others
/// @param months of the calendar
/// @param days of the calendar, which may have 23 or 25 hours
/// @param hours of 60 minutes
public record Age(int years, int months, int days, int hours) {

    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,5})y)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?");

    /// Reads years, months, days and hours, in this order; each may be left out, but not all.
    public static Optional<Age> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return text.isEmpty() || !matcher.matches()
                ? Optional.empty()
                : Optional.of(new Age(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4)));
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    /// The time that lies so far before another.
    ZonedDateTime before(ZonedDateTime time) {
        return time.minus(Period.of(years, months, days)).minusHours(hours);
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        String text = part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
        return text.isEmpty() ? "0h" : text;
    }

    private static String part(int number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
