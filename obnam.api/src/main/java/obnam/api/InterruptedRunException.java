package obnam.api;

/// The user asked to stop, or the process was told to.
public final class InterruptedRunException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public InterruptedRunException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.INTERRUPTED, what, subject, advice, cause);
    }
}
