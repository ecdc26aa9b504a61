package obnam.api;

/// The server's certificate proves nothing: it is signed by nobody who is trusted, and is not the one that was
/// pinned. Nothing was sent to it.
public final class UntrustedServerException extends ObnamException {

    private static final long serialVersionUID = 1L;

    private final String fingerprint;

    /// @param fingerprint SHA-256 of the certificate that the server showed, 64 hexadecimal digits
    /// @param what what happened
    /// @param subject to what; may be empty
    /// @param advice what to do next; may be empty
    /// @param cause at most one
    public UntrustedServerException(
            String fingerprint, String what, String subject, String advice, Throwable... cause) {
        super(ErrorKind.STORE, what, subject, advice, cause);
        this.fingerprint = fingerprint;
    }

    /// SHA-256 of the certificate that the server showed, 64 lower-case hexadecimal digits. A user who knows it
    /// from another source may pin it.
    public String fingerprint() {
        return fingerprint;
    }
}
