package obnam.api;

/// The command, an option, the configuration or a parameter makes no sense, or is refused as unsafe.
public final class UsageException extends ObnamException {

    private static final long serialVersionUID = 1L;

    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public UsageException(String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.USAGE, what, subject, advice, cause);
    }
}
