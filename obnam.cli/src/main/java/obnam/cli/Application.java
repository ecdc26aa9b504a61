package obnam.cli;

import java.util.List;
import java.util.function.Function;
import obnam.cli.command.Command;
import obnam.cli.command.CommandLine;
import obnam.cli.command.HelpCommand;
import obnam.cli.command.OptionParser;
import obnam.cli.command.RawText;
import obnam.cli.command.Session;
import obnam.cli.command.Verb;
import obnam.cli.engine.Engine;
import obnam.cli.host.Environment;
import obnam.cli.host.Interruption;
import obnam.cli.settings.MemoryLimit;
import obnam.cli.terminal.Output;

/// The program, in an environment that is given to it.
final class Application {

    private static final int USAGE = 2;

    private final Environment environment;
    private final Function<MemoryLimit, Engine> engine;
    private final Interruption interruption;

    /// @param engine the engine, given how much memory it may use
    Application(Environment environment, Function<MemoryLimit, Engine> engine, Interruption interruption) {
        this.environment = environment;
        this.engine = engine;
        this.interruption = interruption;
    }

    /// Runs a command line.
    ///
    /// @param arguments as bytes, without the name of the program
    /// @return the exit code
    int run(List<byte[]> arguments) {
        List<RawText> texts = arguments.stream().map(RawText::new).toList();
        Output early = output(new Output.Mode(has(texts, "--json"), false, false));
        CommandLine line;
        Command command;
        try {
            line = CommandLine.of(texts);
            command = line.verb().map(Verb::command).orElseGet(Verb.HELP::command);
            new OptionParser(command).parse(line.rest());
        } catch (RuntimeException e) {
            return end(early, new ErrorReport(early, has(texts, "--debug")).tell(e));
        }
        Output output = output(command.mode());
        ErrorReport errors = new ErrorReport(output, command.debug());
        try {
            int code = run(line, command, output);
            output.flush();
            return code;
        } catch (RuntimeException | Error e) {
            return end(output, errors.tell(e));
        }
    }

    private int run(CommandLine line, Command command, Output output) {
        if (command.help() && line.verb().isPresent()) {
            HelpCommand.explain(line.verb().get(), output::result);
            return 0;
        }
        if (line.verb().isEmpty()) {
            HelpCommand.explainAll(output::result);
            return command.help() ? 0 : USAGE;
        }
        Engine limited = engine.apply(command.memoryLimit(environment));
        try (Session session = new Session(environment, command, output, limited, interruption)) {
            return command.run(session);
        }
    }

    private Output output(Output.Mode mode) {
        return new Output(environment.out(), environment.err(), mode);
    }

    private static boolean has(List<RawText> arguments, String option) {
        return arguments.stream().anyMatch(argument -> argument.toString().equals(option));
    }

    /// What was written before the error must come out, if anybody still reads.
    private static int end(Output output, int code) {
        try {
            output.flush();
            return code;
        } catch (RuntimeException _) {
            return code;
        }
    }
}
