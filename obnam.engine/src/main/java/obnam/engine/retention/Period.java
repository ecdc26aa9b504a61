package obnam.engine.retention;

import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a rule keeps one snapshot for.
public enum Period {
    /// Each snapshot.
    LAST,
    /// Each hour of the clock. The hour that comes twice when clocks are set back is one.
    HOURLY,
    /// Each day of the calendar.
    DAILY,
    /// Each week of ISO 8601, from Monday on.
    WEEKLY,
    /// Each month of the calendar.
    MONTHLY,
    /// Each year of the calendar.
    YEARLY;

    private static final int WEEKS = 100;
    private static final int DAYS = 1000;
    private static final int HOURS = 100;

    /// Its name in options and settings.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The period of that name, if there is one.
    public static Optional<Period> of(String word) {
        return Arrays.stream(values())
                .filter(period -> period.word().equals(word))
                .findFirst();
    }

    /// A number that two times share if one snapshot is kept for both.
    ///
    /// @param time in the zone that counts
    /// @param position place of the snapshot in its list
    long bucket(ZonedDateTime time, int position) {
        return switch (this) {
            case LAST -> position;
            case HOURLY -> DAILY.bucket(time, position) * HOURS + time.getHour();
            case DAILY -> (long) time.getYear() * DAYS + time.getDayOfYear();
            case WEEKLY ->
                (long) time.get(IsoFields.WEEK_BASED_YEAR) * WEEKS + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTHLY -> (long) time.getYear() * WEEKS + time.getMonthValue();
            case YEARLY -> time.getYear();
        };
    }
}
