package obnam.api;

/// Something on this machine failed: reading live data, writing restored data, a cache, the configuration.
public final class LocalException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public LocalException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.FAILED, what, subject, advice, cause);
    }
}
