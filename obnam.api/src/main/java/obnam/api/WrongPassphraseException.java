package obnam.api;

/// No credential of the repository opens with what the user gave.
public final class WrongPassphraseException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public WrongPassphraseException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.WRONG_PASSPHRASE, what, subject, advice, cause);
    }
}
