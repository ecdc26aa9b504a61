package obnam.api;

/// The store returned something that this repository's owner did not put in that place.
public final class DamageException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public DamageException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.DAMAGE, what, subject, advice, cause);
    }
}
