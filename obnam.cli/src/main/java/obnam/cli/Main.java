package obnam.cli;

import obnam.cli.engine.ObnamEngine;
import obnam.cli.host.Environment;
import obnam.cli.host.Interruption;
import obnam.cli.host.ThisProcess;

/// Where the program begins.
public final class Main {

    private Main() {}

    /// Runs a command and ends the process with its exit code.
    ///
    /// @param arguments the command line, which is read again as bytes
    public static void main(String[] arguments) {
        Interruption interruption = new Interruption(
                () -> System.exit(Interruption.EXIT_CODE),
                () -> Runtime.getRuntime().halt(Interruption.EXIT_CODE));
        Signals.install(interruption);
        NativeLibraries.locate();
        Environment environment = ThisProcess.environment();
        Application application =
                new Application(environment, limit -> new ObnamEngine(environment.clock(), limit), interruption);
        int code = application.run(ThisProcess.arguments(arguments));
        System.exit(code);
    }
}
