package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import obnam.api.UsageException;

/// Finds the verb among the arguments.
///
/// @param verb the verb; empty if there is none
/// @param rest the other arguments, in their order
public record CommandLine(Optional<Verb> verb, List<RawText> rest) {

    /// The global options whose value is the next argument.
    static final Set<String> WITH_VALUE = Set.of(
            "-r",
            "--repository",
            "--config",
            "--profile",
            "--passphrase-file",
            "--passphrase-command",
            "--token-file",
            "--pin",
            "--ca-cert",
            "--cache-dir",
            "--memory-limit");

    /// Finds the verb: the first argument that is neither an option nor the value of a global one.
    ///
    /// @throws UsageException if there is no such verb; it suggests one
    public static CommandLine of(List<RawText> arguments) {
        int at = 0;
        while (at < arguments.size() && isOption(arguments.get(at))) {
            at += WITH_VALUE.contains(arguments.get(at).carrier()) ? 2 : 1;
        }
        if (at >= arguments.size()) {
            return new CommandLine(Optional.empty(), arguments);
        }
        List<RawText> rest = new ArrayList<>(arguments);
        RawText name = rest.remove(at);
        Verb verb = Verb.of(name.carrier()).orElseThrow(() -> unknown(name.toString()));
        return new CommandLine(Optional.of(verb), List.copyOf(rest));
    }

    private static boolean isOption(RawText argument) {
        return argument.carrier().startsWith("-");
    }

    private static UsageException unknown(String name) {
        return new UsageException(
                "there is no command of this name",
                name,
                Verb.nearest(name).map(near -> "Did you mean " + near + "?").orElse("Run obnam help for a list"));
    }
}
