package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.host.Environment;
import obnam.cli.settings.MemoryLimit;
import obnam.cli.terminal.Output;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// A verb: its options, which are set before it is run, and what it does. Made anew for each run.
public abstract class Command {

    @Option(name = "--repository", aliases = "-r", metaVar = "LOCATION", usage = "where the repository is")
    private @Nullable RawText repository;

    @Option(name = "--json", usage = "write JSON lines for programs")
    private boolean json;

    @Option(name = "--quiet", aliases = "-q", usage = "say only what went wrong")
    private boolean quiet;

    @Option(name = "--verbose", aliases = "-v", usage = "say more")
    private boolean verbose;

    @Option(name = "--dry-run", aliases = "-n", usage = "change nothing, say what would be done")
    private boolean dryRun;

    @Option(name = "--no-progress", usage = "show no progress")
    private boolean noProgress;

    @Option(name = "--debug", usage = "show the stack trace of an error")
    private boolean debug;

    @Option(name = "--config", metaVar = "FILE", usage = "configuration file instead of obnam.yaml")
    private @Nullable RawText config;

    @Option(name = "--profile", metaVar = "NAME", usage = "profile of the configuration")
    private @Nullable RawText profile;

    @Option(name = "--passphrase-file", metaVar = "FILE", usage = "take the passphrase from a file's first line")
    private @Nullable RawText passphraseFile;

    @Option(name = "--passphrase-command", metaVar = "COMMAND", usage = "take the passphrase from a command's output")
    private @Nullable RawText passphraseCommand;

    @Option(name = "--token-file", metaVar = "FILE", usage = "take the server's token from a file's first line")
    private @Nullable RawText tokenFile;

    @Option(name = "--pin", metaVar = "FINGERPRINT", usage = "trust the server with this certificate, no other")
    private @Nullable RawText pin;

    @Option(name = "--ca-cert", metaVar = "FILE", usage = "trust servers by the certificates in this PEM file")
    private @Nullable RawText certificates;

    @Option(name = "--cache-dir", metaVar = "DIR", usage = "where the cache is")
    private @Nullable RawText cacheDirectory;

    @Option(name = "--memory-limit", metaVar = "SIZE", usage = "use so much memory at most: 256M or more (300M, 1G)")
    private @Nullable RawText memoryLimit;

    @Option(name = "--help", aliases = "-h", usage = "explain the command")
    private boolean help;

    private List<RawText> operands = List.of();

    /// Does the work.
    ///
    /// @return the exit code
    /// @throws obnam.api.ObnamException if it fails
    public abstract int run(Session session);

    /// Which operands the command takes, for its usage line; empty if it takes none.
    public String operandsUsage() {
        return "";
    }

    /// The greatest number of operands.
    public int operandsLimit() {
        return 0;
    }

    /// Sets what is no option.
    ///
    /// @throws UsageException if there are too many
    public final void setOperands(List<RawText> given) {
        if (given.size() > operandsLimit()) {
            throw new UsageException(
                    "this argument is one too many", given.get(operandsLimit()).toString(), "See: obnam help");
        }
        operands = List.copyOf(given);
    }

    final List<RawText> operands() {
        return operands;
    }

    /// How much to say.
    public final Output.Mode mode() {
        return new Output.Mode(json, quiet, verbose);
    }

    /// Whether to change nothing.
    public final boolean dryRun() {
        return dryRun;
    }

    /// Whether to show progress on a terminal.
    public final boolean progress() {
        return !noProgress && !quiet;
    }

    /// Whether to show stack traces.
    public final boolean debug() {
        return debug;
    }

    /// Whether the user asked for an explanation.
    public final boolean help() {
        return help;
    }

    final Optional<byte[]> repository() {
        return bytes(repository);
    }

    final Optional<byte[]> config() {
        return bytes(config);
    }

    final Optional<String> profile() {
        return text(profile);
    }

    final Optional<byte[]> passphraseFile() {
        return bytes(passphraseFile);
    }

    final Optional<byte[]> passphraseCommand() {
        return bytes(passphraseCommand);
    }

    final Optional<byte[]> tokenFile() {
        return bytes(tokenFile);
    }

    final Optional<String> pin() {
        return text(pin);
    }

    final Optional<byte[]> certificates() {
        return bytes(certificates);
    }

    final Optional<byte[]> cacheDirectory() {
        return bytes(cacheDirectory);
    }

    /// How much memory to use.
    ///
    /// @throws UsageException if that makes no sense
    public final MemoryLimit memoryLimit(Environment environment) {
        return MemoryLimit.of(text(memoryLimit).or(() -> environment.text("OBNAM_MEMORY_LIMIT")));
    }

    static Optional<byte[]> bytes(@Nullable RawText value) {
        return Optional.ofNullable(value).map(RawText::bytes);
    }

    static Optional<String> text(@Nullable RawText value) {
        return Optional.ofNullable(value).map(RawText::text);
    }

    static List<String> texts(List<RawText> values) {
        return new ArrayList<>(values.stream().map(RawText::text).toList());
    }
}
