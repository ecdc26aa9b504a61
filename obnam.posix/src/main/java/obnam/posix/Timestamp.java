package obnam.posix;

import java.time.Instant;

/// A point in time as the kernel keeps it: no time zone, no leap seconds, the full range of 64-bit seconds.
///
/// @param seconds seconds since 1970-01-01T00:00:00Z, negative before it
/// @param nanoseconds 0 to 999,999,999, always counted forward from `seconds`
public record Timestamp(long seconds, int nanoseconds) implements Comparable<Timestamp> {
    // The one value outside the normal range; what the kernel calls UTIME_OMIT.
    private static final int OMITTED = -1;

    /// Says "leave this time as it is" to the methods that set times. It is never returned by a status call.
    public static final Timestamp OMIT = new Timestamp(0, OMITTED);

    /// @throws IllegalArgumentException if `nanoseconds` is out of range
    public Timestamp {
        boolean omit = seconds == 0 && nanoseconds == OMITTED;
        if (!omit && (nanoseconds < 0 || nanoseconds > 999_999_999)) {
            throw new IllegalArgumentException("nanoseconds out of range: " + nanoseconds);
        }
    }

    /// Whether this is [#OMIT].
    public boolean isOmitted() {
        return nanoseconds == OMITTED;
    }

    // Written out, here and in other records that are compared for every file: the methods a record has by itself are
    // linked at run time, which takes milliseconds at start and runs slowly until it is optimized.
    @Override
    public boolean equals(Object other) {
        return other instanceof Timestamp(long theirs, int fraction) && seconds == theirs && nanoseconds == fraction;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(seconds) + nanoseconds;
    }

    /// Earlier times first.
    @Override
    public int compareTo(Timestamp other) {
        int bySeconds = Long.compare(seconds, other.seconds);
        return bySeconds != 0 ? bySeconds : Integer.compare(nanoseconds, other.nanoseconds);
    }

    /// ISO 8601 where [Instant] can express it, else seconds and nanoseconds as numbers.
    @Override
    public String toString() {
        if (isOmitted()) {
            return "omitted";
        }
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            return "%d s + %d ns".formatted(seconds, nanoseconds);
        }
        return Instant.ofEpochSecond(seconds, nanoseconds).toString();
    }
}
