package obnam.api;

/// The store could not be reached, refused, or failed.
public final class StoreException extends ObnamException {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    private StoreException(boolean worthRetrying, String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.STORE, what, subject, advice, cause);
        this.worthRetrying = worthRetrying;
    }

    /// A failure that may go away by itself: a time-out, a lost connection, an overloaded server.
    ///
    /// @param what what happened
    /// @param subject to what
    /// @param advice what to do if it does not go away
    /// @param cause at most one
    public static StoreException passing(String what, String subject, String advice, Throwable... cause) {
        return new StoreException(true, what, subject, advice, cause);
    }

    /// A failure that stays until somebody does something: no permission, no space, not a directory.
    ///
    /// @param what what happened
    /// @param subject to what
    /// @param advice what to do
    /// @param cause at most one
    public static StoreException lasting(String what, String subject, String advice, Throwable... cause) {
        return new StoreException(false, what, subject, advice, cause);
    }

    /// Whether the same call may succeed later.
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
