package obnam.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import obnam.posix.Timestamp;

/// Times for people.
final class Times {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Times() {}

    /// A time in a zone, to the second; one that no calendar holds as a number of seconds.
    static String shown(Timestamp time, ZoneId zone) {
        try {
            return FORMAT.format(Instant.ofEpochSecond(time.seconds()).atZone(zone));
        } catch (DateTimeException _) {
            return "@" + time.seconds();
        }
    }
}
