package obnam.cli;

import java.util.List;
import obnam.cli.host.Interruption;

/// Takes the signals that ask to stop. Without this the JVM would end in the middle of a backup, with the exit code
/// of the signal. A signal that whoever started the program had ignored stays ignored.
final class Signals {

    private Signals() {}

    @SuppressWarnings("sunapi") // there is no other way to take a signal, and its module is supported for that reason
    static void install(Interruption interruption) {
        for (String name : List.of("INT", "TERM", "HUP")) {
            try {
                sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> interruption.request());
            } catch (IllegalArgumentException _) {
                // This system has no such signal.
            }
        }
    }
}
