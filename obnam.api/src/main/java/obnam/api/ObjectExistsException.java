package obnam.api;

/// Another object stands under the name that was to be written; nothing was changed.
public final class ObjectExistsException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public ObjectExistsException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.STORE, what, subject, advice, cause);
    }
}
