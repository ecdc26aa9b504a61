package obnam.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object.
///
/// @param first offset of its first byte
/// @param length in bytes
record ByteRange(long first, long length) {

    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /// Reads a `Range` header (RFC 9110, 14.2). One that asks for several ranges, or makes no sense, is
    /// ignored.
    ///
    /// @param size of the object
    /// @return empty if the header is to be ignored; a range of length 0 if it lies beyond the end
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(matcher.group(2)));
            return Optional.of(new ByteRange(size - length, length));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
    }
}
