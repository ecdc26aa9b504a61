package obnam.server.command;

import java.nio.file.Path;
import obnam.server.settings.ServerSettings;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// A command with its options, which are set before it is run.
abstract class Verb {

    /// Where the configuration is if nobody says otherwise.
    static final String CONFIG = "/etc/obnam-server/server.yaml";

    @Option(name = "--config", aliases = "-c", metaVar = "FILE", usage = "configuration, " + CONFIG + " by default")
    private @Nullable String config;

    @Option(name = "--help", aliases = "-h", help = true, usage = "explain the command")
    private boolean help;

    @Option(name = "--debug", usage = "show the stack trace of an error")
    private boolean debug;

    /// Does the work.
    ///
    /// @return the exit code
    abstract int run(Console console);

    final boolean help() {
        return help;
    }

    final boolean debug() {
        return debug;
    }

    final Path config() {
        return Path.of(config == null ? CONFIG : config).toAbsolutePath();
    }

    final ServerSettings settings() {
        return ServerSettings.read(config());
    }
}
