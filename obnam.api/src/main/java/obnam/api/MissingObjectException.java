package obnam.api;

/// An object that should be in the store is not there.
public final class MissingObjectException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public MissingObjectException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.DAMAGE, what, subject, advice, cause);
    }
}
