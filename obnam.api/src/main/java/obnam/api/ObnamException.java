package obnam.api;

/// The root of every error that a person is told about: what happened, to what, and what to do.
///
/// Rendered as one line: `WHAT: SUBJECT: DETAIL. ADVICE`. None of the parts holds a secret. Names that came from
/// outside
/// are escaped by whoever shows the message.
public abstract sealed class ObnamException extends RuntimeException
        permits DamageException,
                InterruptedRunException,
                LocalException,
                MissingObjectException,
                NoRepositoryException,
                ObjectExistsException,
                StoreException,
                UntrustedServerException,
                UsageException,
                WrongPassphraseException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String what;
    private final String subject;
    private final String advice;

    /// @param kind decides the exit code
    /// @param what what happened, in a few words, lower case, no full stop
    /// @param subject to what: a path, a location, an object's name; may be empty
    /// @param advice what to do next, one sentence; may be empty
    /// @param cause what led to it; shown with `--debug` only
    ObnamException(ErrorKind kind, String what, String subject, String advice, Throwable... cause) {
        super(line(what, subject, advice), cause.length == 0 ? null : cause[0]);
        this.kind = kind;
        this.what = what;
        this.subject = subject;
        this.advice = advice;
    }

    private static String line(String what, String subject, String advice) {
        String head = subject.isEmpty() ? what : what + ": " + subject;
        return advice.isEmpty() ? head : head + ". " + advice;
    }

    /// The kind, and with it the exit code.
    public final ErrorKind kind() {
        return kind;
    }

    /// What happened.
    public final String what() {
        return what;
    }

    /// To what it happened; may be empty.
    public final String subject() {
        return subject;
    }

    /// What to do next; may be empty.
    public final String advice() {
        return advice;
    }
}
