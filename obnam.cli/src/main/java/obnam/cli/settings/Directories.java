package obnam.cli.settings;

import java.util.Optional;
import obnam.cli.host.Environment;
import obnam.cli.host.PathBytes;
import obnam.posix.FileNames;

/// Where the program keeps its own files, after the XDG base directory specification.
///
/// @param config `~/.config/obnam`: the configuration and the secrets
/// @param state `~/.local/state/obnam`: what should not be lost, but can be
/// @param cache `~/.cache/obnam`: what can be made again
/// @param data `~/.local/share/obnam`: the embedded default repository
public record Directories(byte[] config, byte[] state, byte[] cache, byte[] data) {

    /// The directories in this environment. As the specification has it, a variable that holds no absolute path is
    /// ignored.
    ///
    /// @param cacheDirectory the one the user named, if any; absolute
    public static Directories of(Environment environment, Optional<byte[]> cacheDirectory) {
        return new Directories(
                own(environment, "XDG_CONFIG_HOME", ".config"),
                own(environment, "XDG_STATE_HOME", ".local/state"),
                cacheDirectory.orElseGet(() -> own(environment, "XDG_CACHE_HOME", ".cache")),
                own(environment, "XDG_DATA_HOME", ".local/share"));
    }

    private static byte[] own(Environment environment, String variable, String inHome) {
        byte[] base = environment
                .variable(variable)
                .filter(PathBytes::isAbsolute)
                .orElseGet(() -> PathBytes.join(environment.home(), inHome));
        return PathBytes.absolute(base, FileNames.of("obnam"));
    }

    /// The configuration file.
    public byte[] configFile() {
        return PathBytes.join(config, "obnam.yaml");
    }

    /// The file with the keys.
    public byte[] secretsFile() {
        return PathBytes.join(config, "secrets.yaml");
    }

    /// The embedded default repository.
    public byte[] defaultRepository() {
        return PathBytes.join(data, "repository");
    }
}
