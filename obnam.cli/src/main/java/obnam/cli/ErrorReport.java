package obnam.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import obnam.api.ErrorKind;
import obnam.api.ObnamException;
import obnam.cli.terminal.ClosedOutputException;
import obnam.cli.terminal.Output;
import obnam.posix.PosixException;

/// The one place that tells of an error that ends a command.
final class ErrorReport {

    /// As a process that was ended by SIGPIPE has it.
    static final int CLOSED_OUTPUT = 141;

    private final Output output;
    private final boolean debug;

    ErrorReport(Output output, boolean debug) {
        this.output = output;
        this.debug = debug;
    }

    /// Tells of it on one line, and gives the exit code.
    int tell(Throwable error) {
        int code = code(error);
        if (debug) {
            stackTrace(error).forEach(output::warning);
        }
        return code;
    }

    private int code(Throwable error) {
        return switch (error) {
            case ClosedOutputException _ -> CLOSED_OUTPUT;
            case ObnamException known ->
                tell(known.kind(), known.what(), known.subject(), known.advice(), known.getMessage());
            case PosixException failure -> tell(ErrorKind.FAILED, failure.getMessage());
            case OutOfMemoryError _ ->
                tell(ErrorKind.FAILED, "out of memory", "Give the program more with --memory-limit 1G");
            // Its message may hold anything, also what must not be shown.
            default ->
                tell(
                        ErrorKind.FAILED,
                        "internal error (" + error.getClass().getSimpleName() + ")",
                        "Please report it, with what --debug shows");
        };
    }

    private int tell(ErrorKind kind, String what) {
        return tell(kind, what, "", "", what);
    }

    private int tell(ErrorKind kind, String what, String advice) {
        return tell(kind, what, "", advice, what + ". " + advice);
    }

    private int tell(ErrorKind kind, String what, String subject, String advice, String line) {
        output.json(
                "error",
                fields -> fields.add("exit_code", kind.exitCode())
                        .add("kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                        .add("what", what)
                        .add("subject", subject)
                        .add("advice", advice));
        output.warning(line);
        return kind.exitCode();
    }

    private static List<String> stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString().lines().map(line -> line.replace("\t", "    ")).toList();
    }
}
