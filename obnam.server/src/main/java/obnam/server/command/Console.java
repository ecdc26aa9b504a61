package obnam.server.command;

import java.io.PrintStream;

/// Where commands write.
///
/// @param out results
/// @param err what is not a result
public record Console(PrintStream out, PrintStream err) {

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void note(String line) {
        err.println(line);
        err.flush();
    }
}
