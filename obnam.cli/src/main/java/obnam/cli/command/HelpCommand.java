package obnam.cli.command;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import obnam.api.UsageException;
import obnam.cli.terminal.Table;

/// Explains a command, or lists them all.
public final class HelpCommand extends Command {

    @Override
    public String operandsUsage() {
        return "[COMMAND]";
    }

    @Override
    public int operandsLimit() {
        return 1;
    }

    @Override
    public int run(Session session) {
        Consumer<String> output = session.output()::result;
        if (operands().isEmpty()) {
            explainAll(output);
        } else {
            String name = operands().getFirst().toString();
            explain(
                    Verb.of(name)
                            .orElseThrow(() -> new UsageException(
                                    "there is no command of this name",
                                    name,
                                    Verb.nearest(name)
                                            .map(near -> "Did you mean " + near + "?")
                                            .orElse("Run obnam help for a list"))),
                    output);
        }
        return 0;
    }

    /// Lists the commands and the options they all have.
    public static void explainAll(Consumer<String> output) {
        output.accept("Usage: obnam [OPTION…] COMMAND [OPTION…] [ARGUMENT…]");
        output.accept("");
        Table table = new Table("Command", "");
        for (Verb verb : Verb.values()) {
            table.add("  " + verb.verb(), verb.description());
        }
        table.lines().forEach(output);
        output.accept("");
        options(new OptionParser(new VersionCommand()).options(), "Options of all commands", output);
        output.accept("");
        output.accept("obnam help COMMAND explains a command. The first backup: obnam backup DIRECTORY");
    }

    /// Explains one command.
    public static void explain(Verb verb, Consumer<String> output) {
        Command command = verb.command();
        output.accept(("Usage: obnam " + verb.verb() + " [OPTION…] " + command.operandsUsage()).stripTrailing());
        verb.otherNames().forEach(other -> output.accept("   or: obnam " + other));
        output.accept("");
        output.accept(capital(verb.description()) + ".");
        List<OptionParser.Description> global = new OptionParser(new VersionCommand()).options();
        List<OptionParser.Description> own = new OptionParser(command)
                .options().stream().filter(option -> !global.contains(option)).toList();
        if (!own.isEmpty()) {
            output.accept("");
            options(own, "Options", output);
        }
        output.accept("");
        options(global, "Options of all commands", output);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static void options(List<OptionParser.Description> options, String heading, Consumer<String> output) {
        Table table = new Table(heading, "");
        for (OptionParser.Description option : options) {
            String names = option.names().stream()
                    .sorted(java.util.Comparator.comparingInt(String::length))
                    .collect(Collectors.joining(", "));
            table.add("  " + (names + " " + option.value()).stripTrailing(), option.description());
        }
        table.lines().forEach(output);
    }
}
