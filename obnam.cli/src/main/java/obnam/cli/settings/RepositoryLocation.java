package obnam.cli.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.UsageException;
import obnam.cli.host.PathBytes;
import obnam.cli.host.Utf8;
import obnam.posix.FileNames;

/// Where a repository is.
///
/// @param scheme name of the store provider
/// @param rest what the provider is given
public record RepositoryLocation(String scheme, String rest) {

    private static final String FILE = "file";
    private static final Pattern WITH_SCHEME = Pattern.compile("([a-z][a-z0-9]+):(.*)", Pattern.DOTALL);
    private static final Pattern PASSWORD = Pattern.compile("(//[^/@:]*):[^/@]*@");

    /// Reads `/path`, `relative/path`, `file:path` or `scheme:rest`.
    ///
    /// @param directory what a relative path is relative to
    /// @throws UsageException if it is empty or not UTF-8
    public static RepositoryLocation parse(byte[] location, byte[] directory) {
        String text = Utf8.decode(location)
                .orElseThrow(() -> new UsageException(
                        "the location of a repository must be valid UTF-8",
                        FileNames.display(location),
                        "Use another path, such as a symbolic link to it"));
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new UsageException(
                    "the location of the repository is empty", "", "Name a directory, or scheme:place");
        }
        Matcher matcher = WITH_SCHEME.matcher(text);
        if (!matcher.matches()) {
            return file(PathBytes.absolute(directory, location));
        }
        String rest = matcher.group(2);
        if (!matcher.group(1).equals(FILE)) {
            return new RepositoryLocation(matcher.group(1), rest);
        }
        if (rest.isEmpty()) {
            throw new UsageException("the location of the repository is empty", text, "Name a directory after file:");
        }
        return file(PathBytes.absolute(directory, FileNames.of(rest)));
    }

    /// The local directory at this path.
    ///
    /// @throws UsageException if it is not UTF-8
    public static RepositoryLocation file(byte[] absolutePath) {
        return new RepositoryLocation(
                FILE,
                Utf8.decode(absolutePath)
                        .orElseThrow(() -> new UsageException(
                                "the location of a repository must be valid UTF-8",
                                FileNames.display(absolutePath),
                                "Name another place with -r")));
    }

    /// The path if this is a local directory.
    public Optional<byte[]> path() {
        return scheme.equals(FILE) ? Optional.of(FileNames.of(rest)) : Optional.empty();
    }

    /// As a user would write it, with a password in it hidden.
    @Override
    public String toString() {
        String whole = scheme.equals(FILE) ? rest : scheme + ":" + rest;
        return FileNames.display(FileNames.of(PASSWORD.matcher(whole).replaceAll("$1:***@")));
    }
}
