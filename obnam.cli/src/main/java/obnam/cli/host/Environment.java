package obnam.cli.host;

import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import obnam.api.UsageException;
import obnam.cli.terminal.Terminal;
import obnam.posix.FileSystem;

/// All that a command sees of the machine around it, so that a test can give it another one.
///
/// @param variables environment variables, as bytes
/// @param home the user's home directory, absolute
/// @param workingDirectory what relative paths are relative to, absolute
/// @param hostName name of this machine
/// @param userName name of the user
/// @param clock tells the time
/// @param zone in which times are shown; asked for only then, since reading the rules of all zones takes a tenth of a
///     short run
/// @param files the file system
/// @param terminal asks the user
/// @param out standard output
/// @param err standard error output
public record Environment(
        Map<String, byte[]> variables,
        byte[] home,
        byte[] workingDirectory,
        String hostName,
        String userName,
        Clock clock,
        Supplier<ZoneId> zone,
        FileSystem files,
        Terminal terminal,
        OutputStream out,
        OutputStream err) {

    /// An environment variable; an empty one counts as not set.
    public Optional<byte[]> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> value.length > 0);
    }

    /// An environment variable as text; an empty one counts as not set.
    ///
    /// @throws UsageException if it is not UTF-8
    public Optional<String> text(String name) {
        return variable(name)
                .map(value -> Utf8.decode(value)
                        .orElseThrow(() -> new UsageException(
                                "this environment variable is not valid UTF-8", name, "Set it to text in UTF-8")));
    }

    /// Names the variables, but not what is in them: one may be a passphrase.
    @Override
    public String toString() {
        return "environment with " + variables.keySet();
    }
}
