package obnam.server.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import obnam.api.ErrorKind;
import obnam.api.ObnamException;
import obnam.api.UsageException;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.ParserProperties;

/// Runs the command that the arguments name.
public final class CommandLine {

    private static final Map<String, Supplier<Verb>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("init", InitVerb::new);
        VERBS.put("serve", ServeVerb::new);
        VERBS.put("account add", AccountAddVerb::new);
        VERBS.put("account list", AccountListVerb::new);
        VERBS.put("account set", AccountSetVerb::new);
        VERBS.put("account revoke", AccountRevokeVerb::new);
        VERBS.put("scrub", ScrubVerb::new);
        VERBS.put("usage", UsageVerb::new);
    }

    private CommandLine() {}

    /// @return the exit code
    public static int run(List<String> arguments, Console console) {
        boolean debug = arguments.contains("--debug");
        try {
            return runVerb(arguments, console);
        } catch (ObnamException e) {
            console.note("obnam-server: " + printable(String.valueOf(e.getMessage())));
            if (debug) {
                e.printStackTrace(console.err());
            }
            return e.kind().exitCode();
        } catch (RuntimeException e) {
            console.note("obnam-server: this is a mistake in the program: " + printable(e.toString()));
            if (debug) {
                e.printStackTrace(console.err());
            }
            return ErrorKind.FAILED.exitCode();
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static int runVerb(List<String> arguments, Console console) {
        int words = !arguments.isEmpty() && arguments.getFirst().equals("account") ? 2 : 1;
        String name = String.join(" ", arguments.subList(0, Math.min(words, arguments.size())));
        Supplier<Verb> found = VERBS.get(name);
        if (found == null) {
            if (name.isEmpty() || List.of("help", "--help", "-h", "account").contains(arguments.getFirst())) {
                console.note("obnam-server COMMAND [OPTIONS], where COMMAND is one of: "
                        + String.join(", ", VERBS.keySet()) + "\nobnam-server COMMAND --help explains one.");
                return name.isEmpty() ? ErrorKind.USAGE.exitCode() : 0;
            }
            throw new UsageException("there is no such command", name, "See: obnam-server help");
        }
        Verb verb = found.get();
        CmdLineParser parser = new CmdLineParser(
                verb, ParserProperties.defaults().withUsageWidth(100).withShowDefaults(false));
        try {
            parser.parseArgument(arguments.subList(words, arguments.size()));
        } catch (CmdLineException e) {
            throw new UsageException(String.valueOf(e.getMessage()), name, "See: obnam-server " + name + " --help");
        }
        if (verb.help()) {
            console.note("obnam-server " + name + " [OPTIONS]");
            parser.printUsage(console.err());
            return 0;
        }
        return verb.run(console);
    }

    /// For `Main`.
    public static int run(String[] arguments) {
        return run(Arrays.asList(arguments), new Console(System.out, System.err));
    }
}
