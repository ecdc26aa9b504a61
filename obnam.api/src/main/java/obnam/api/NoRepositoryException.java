package obnam.api;

/// There is no repository at the place that was named.
public final class NoRepositoryException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public NoRepositoryException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.NO_REPOSITORY, what, subject, advice, cause);
    }
}
