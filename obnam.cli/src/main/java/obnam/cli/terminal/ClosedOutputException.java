package obnam.cli.terminal;

/// Whoever read standard output has gone: there is nobody left to tell anything.
public final class ClosedOutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param cause how that was noticed
    public ClosedOutputException(Throwable cause) {
        super("standard output was closed", cause);
    }
}
