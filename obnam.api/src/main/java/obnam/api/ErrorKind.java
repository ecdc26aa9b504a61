package obnam.api;

/// The kinds of failure, each with the exit code of a command that ends with it.
public enum ErrorKind {
    /// Something on this machine failed: a file cannot be written, the disk is full.
    FAILED(1),
    /// The command, its options or the configuration make no sense, or are refused as unsafe.
    USAGE(2),
    /// A snapshot was made or a restore was done, but something could not be read or written.
    INCOMPLETE(3),
    /// There is no repository at the place that was named.
    NO_REPOSITORY(10),
    /// No credential of the repository opens with the passphrase.
    WRONG_PASSPHRASE(12),
    /// The store cannot be reached, refused, or failed.
    STORE(13),
    /// The store returned something that was not put there, or lacks something that was.
    DAMAGE(14),
    /// The user asked to stop.
    INTERRUPTED(130);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /// The exit code of a command that fails this way.
    public int exitCode() {
        return exitCode;
    }
}
