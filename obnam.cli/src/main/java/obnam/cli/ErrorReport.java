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
        int code;
        if (error instanceof ClosedOutputException) {
            return CLOSED_OUTPUT;
        } else if (error instanceof ObnamException known) {
            code = tell(known.kind(), known.what(), known.subject(), known.advice(), known.getMessage());
        } else if (error instanceof PosixException failure) {
            code = tell(ErrorKind.FAILED, failure.getMessage(), "", "", failure.getMessage());
        } else if (error instanceof OutOfMemoryError) {
            String advice = "Give the program more with OBNAM_JAVA_OPTIONS=-Xmx1g";
            code = tell(ErrorKind.FAILED, "out of memory", "", advice, "out of memory. " + advice);
        } else {
            // Its message may hold anything, also what must not be shown.
            String what = "internal error (" + error.getClass().getSimpleName() + ")";
            String advice = "Please report it, with what --debug shows";
            code = tell(ErrorKind.FAILED, what, "", advice, what + ". " + advice);
        }
        if (debug) {
            stackTrace(error).forEach(output::warning);
        }
        return code;
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
