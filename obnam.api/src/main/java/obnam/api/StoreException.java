package obnam.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store could not be reached, refused, or failed.
public final class StoreException extends ObnamException {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;
    private final @Nullable Duration retryAfter;

    private StoreException(
            boolean worthRetrying,
            @Nullable Duration retryAfter,
            String what,
            String subject,
            String advice,
            Throwable... cause) {
        super(ErrorKind.STORE, what, subject, advice, cause);
        this.worthRetrying = worthRetrying;
        this.retryAfter = retryAfter;
    }

    /// A failure that may go away by itself: a time-out, a lost connection, an overloaded server.
    ///
    /// @param what what happened
    /// @param subject to what
    /// @param advice what to do if it does not go away
    /// @param cause at most one
    public static StoreException passing(String what, String subject, String advice, Throwable... cause) {
        return new StoreException(true, null, what, subject, advice, cause);
    }

    /// A failure that may go away by itself, of a store that says when.
    ///
    /// @param retryAfter how long the store asks to be left alone; not negative
    /// @param what what happened
    /// @param subject to what
    /// @param advice what to do if it does not go away
    /// @param cause at most one
    public static StoreException passing(
            Duration retryAfter, String what, String subject, String advice, Throwable... cause) {
        return new StoreException(true, retryAfter, what, subject, advice, cause);
    }

    /// A failure that stays until somebody does something: no permission, no space, not a directory.
    ///
    /// @param what what happened
    /// @param subject to what
    /// @param advice what to do
    /// @param cause at most one
    public static StoreException lasting(String what, String subject, String advice, Throwable... cause) {
        return new StoreException(false, null, what, subject, advice, cause);
    }

    /// Whether the same call may succeed later.
    public boolean worthRetrying() {
        return worthRetrying;
    }

    /// How long the store asks to be left alone before the call is repeated; empty if it did not say, or if
    /// repeating is of no use.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
