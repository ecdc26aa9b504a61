package obnam.server;

import obnam.server.command.CommandLine;

/// Where the program begins.
public final class Main {

    private Main() {}

    /// @param arguments of the command line
    public static void main(String[] arguments) {
        System.exit(CommandLine.run(arguments));
    }
}
