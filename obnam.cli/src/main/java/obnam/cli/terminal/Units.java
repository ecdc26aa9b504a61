package obnam.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/// Numbers for people.
public final class Units {

    private static final String[] BINARY = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /// A number of bytes, such as `1.500 GiB`, with four digits.
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1023.95 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = value < 10 ? 3 : value < 100 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, BINARY[unit]);
    }

    /// A count with a word, such as `1 file` or `2 files`.
    public static String count(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /// A count with a word whose plural is irregular, such as `2 directories`.
    public static String count(long count, String word, String plural) {
        return count + " " + (count == 1 ? word : plural);
    }

    /// A duration, such as `0.3 s`, `2:05` or `1:02:05`.
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return clock(seconds);
    }

    /// Whole seconds as `0:05`, `2:05` or `1:02:05`.
    public static String clock(long seconds) {
        long hours = seconds / 3600;
        String rest = String.format(Locale.ROOT, hours > 0 ? "%02d:%02d" : "%d:%02d", seconds / 60 % 60, seconds % 60);
        return hours > 0 ? hours + ":" + rest : rest;
    }
}
