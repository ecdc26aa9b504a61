package obnam.store.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectExistsException;
import obnam.api.ObnamException;
import obnam.api.StoreException;

/// Says what an answer that is no success means.
final class Answers {

    /// More than this of an error's text is not read.
    static final int TEXT_LIMIT = 4096;

    private static final int SHOWN = 200;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Answers() {}

    /// @param what what could not be done, such as `cannot store an object`
    /// @param subject to what
    /// @param text the answer's body
    static ObnamException failure(
            int status, HttpHeaders headers, byte[] text, String what, String subject, Instant now) {
        String told = what + " (" + status + reason(headers, text) + ")";
        return switch (status) {
            case 401 ->
                StoreException.lasting(
                        "the server does not know this token",
                        subject,
                        "Give another with --token-file or OBNAM_TOKEN; the server's owner hands them out");
            case 403 -> StoreException.lasting(told, subject, "The server's owner decides what a token may do");
            case 404 -> missing(subject);
            case 409 ->
                new ObjectExistsException(
                        "another object stands under this name", subject, "Run a check of the repository");
            case 413 -> StoreException.lasting(told, subject, "The server takes only shorter objects");
            case 416 -> tooShort(subject);
            case 422 ->
                new DamageException(
                        "an object changed on its way to the server",
                        subject,
                        "Run this again; if it stays, check memory");
            case 507 -> StoreException.lasting(told, subject, "Free some space on the server or have the quota raised");
            case 408, 425, 429, 500, 502, 503, 504 -> passing(headers, told, subject, now);
            default ->
                StoreException.lasting(
                        told, subject, status / 100 == 3 ? "Give the location it points to" : "Check the location");
        };
    }

    static MissingObjectException missing(String subject) {
        return new MissingObjectException("an object is missing", subject, "Run a check of the repository");
    }

    static DamageException tooShort(String subject) {
        return new DamageException("an object is too short", subject, "Run a check of the repository");
    }

    private static StoreException passing(HttpHeaders headers, String what, String subject, Instant now) {
        String advice = "Run this again later";
        return retryAfter(headers, now)
                .map(wait -> StoreException.passing(wait, what, subject, advice))
                .orElseGet(() -> StoreException.passing(what, subject, advice));
    }

    /// `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
    static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After").flatMap(text -> {
            try {
                Duration wait = text.matches("[0-9]{1,9}")
                        ? Duration.ofSeconds(Long.parseLong(text))
                        : Duration.between(
                                now,
                                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant());
                return Optional.of(wait.isNegative() ? Duration.ZERO : min(wait));
            } catch (DateTimeParseException _) {
                return Optional.empty();
            }
        });
    }

    private static Duration min(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /// The first line of an error in plain text, as far as it can be shown.
    private static String reason(HttpHeaders headers, byte[] text) {
        if (!headers.firstValue("Content-Type").orElse("").startsWith("text/plain")) {
            return "";
        }
        String line = new String(text, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String printable = line.replaceAll("[^\\p{Graph} ]", "?");
        return printable.isEmpty() ? "" : ": " + printable.substring(0, Math.min(SHOWN, printable.length()));
    }
}
