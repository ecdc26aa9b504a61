package obnam.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import obnam.api.UsageException;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.NamedOptionDef;
import org.kohsuke.args4j.OptionHandlerRegistry;
import org.kohsuke.args4j.ParserProperties;
import org.kohsuke.args4j.spi.BooleanOptionHandler;
import org.kohsuke.args4j.spi.OneArgumentOptionHandler;
import org.kohsuke.args4j.spi.OptionHandler;
import org.kohsuke.args4j.spi.Setter;

/// Sets the options of a command; the one class that knows of args4j. What args4j would take for a value, an
/// operand or an option is decided here, so that `--option=value`, `--` and the messages are the same for all
/// commands.
public final class OptionParser {

    private final CmdLineParser parser;
    private final Command command;

    /// @param command whose options are to be set
    public OptionParser(Command command) {
        registerRawText();
        this.command = command;
        this.parser = new CmdLineParser(command, ParserProperties.defaults().withAtSyntax(false));
    }

    /// An option, as help shows it.
    ///
    /// @param names all its names, the long one first
    /// @param value what its value is called; empty if it takes none
    /// @param description one line
    public record Description(List<String> names, String value, String description) {}

    /// Sets options and operands.
    ///
    /// @param arguments all but the verb
    /// @throws UsageException if an option is unknown or lacks its value, or there are too many operands
    public void parse(List<RawText> arguments) {
        List<String> options = new ArrayList<>();
        List<RawText> operands = new ArrayList<>();
        int at = 0;
        while (at < arguments.size()) {
            String argument = arguments.get(at).carrier();
            at++;
            if (argument.equals("--")) {
                operands.addAll(arguments.subList(at, arguments.size()));
                at = arguments.size();
            } else if (argument.startsWith("-") && argument.length() > 1) {
                at += addOption(argument, arguments.subList(at, arguments.size()), options);
            } else {
                operands.add(RawText.ofCarrier(argument));
            }
        }
        set(options);
        command.setOperands(operands);
    }

    /// @return how many of the arguments that follow belong to the option
    private int addOption(String argument, List<RawText> rest, List<String> options) {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String name = equals < 0 ? argument : argument.substring(0, equals);
        boolean takesValue = takesValue(handler(name).orElseThrow(() -> unknown(name)));
        options.add(name);
        if (!takesValue && equals >= 0) {
            throw new UsageException("this option takes no value", name, "Leave out what follows the =");
        }
        if (!takesValue) {
            return 0;
        }
        if (equals >= 0) {
            options.add(argument.substring(equals + 1));
            return 0;
        }
        if (rest.isEmpty()) {
            throw new UsageException("this option needs a value", name, "See: obnam help");
        }
        options.add(rest.getFirst().carrier());
        return 1;
    }

    private void set(List<String> options) {
        try {
            parser.parseArgument(options);
        } catch (CmdLineException e) {
            throw new UsageException("the options make no sense", String.valueOf(e.getMessage()), "", e);
        }
    }

    private Optional<OptionHandler<?>> handler(String name) {
        for (OptionHandler<?> handler : handlers()) {
            if (names(handler).anyMatch(name::equals)) {
                return Optional.of(handler);
            }
        }
        return Optional.empty();
    }

    private UsageException unknown(String name) {
        List<String> known = handlers().stream().flatMap(OptionParser::names).toList();
        String printable = RawText.ofCarrier(name).toString();
        return new UsageException(
                "there is no option of this name",
                printable,
                Nearest.to(printable, known)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("See: obnam help"));
    }

    /// All options, in the order of the alphabet.
    public List<Description> options() {
        return handlers().stream()
                .map(handler -> new Description(
                        names(handler).toList(),
                        takesValue(handler) ? handler.option.metaVar() : "",
                        handler.option.usage()))
                .toList();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // args4j hands out raw types
    private Collection<OptionHandler<?>> handlers() {
        return (Collection) parser.getOptions();
    }

    private static boolean takesValue(OptionHandler<?> handler) {
        return !(handler instanceof BooleanOptionHandler);
    }

    private static Stream<String> names(OptionHandler<?> handler) {
        NamedOptionDef option = (NamedOptionDef) handler.option;
        return Stream.concat(Stream.of(option.name()), Stream.of(option.aliases()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // args4j wants raw types
    private static void registerRawText() {
        OptionHandlerRegistry.getRegistry()
                .registerHandler(RawText.class, (parser, option, setter) -> new RawTextHandler(parser, option, setter));
    }

    private static final class RawTextHandler extends OneArgumentOptionHandler<RawText> {
        RawTextHandler(CmdLineParser parser, org.kohsuke.args4j.OptionDef option, Setter<? super RawText> setter) {
            super(parser, option, setter);
        }

        @Override
        protected RawText parse(String argument) {
            return new RawText(argument.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
