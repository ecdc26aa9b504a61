package obnam.server.repository;

/// The rules of an account forbid what a request asks for. The message is for the client.
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param reason one line, told to the client
    public RefusedException(String reason) {
        super(reason);
    }
}
