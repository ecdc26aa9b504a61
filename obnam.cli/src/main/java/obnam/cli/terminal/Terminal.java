package obnam.cli.terminal;

import java.util.Optional;
import obnam.posix.FileSystem;

/// The terminal the user sits at, if there is one.
public interface Terminal {

    /// Whether standard error output is a terminal, so that a line on it can be rewritten.
    boolean showsProgress();

    /// Reads a line without showing it.
    ///
    /// @param prompt is shown before
    /// @return empty if there is nobody to ask or the input ended; the array is the caller's to erase
    Optional<char[]> readSecret(String prompt);

    /// The terminal of this process.
    static Terminal ofProcess(FileSystem files) {
        return new Terminal() {
            @Override
            public boolean showsProgress() {
                return files.isTerminal(2);
            }

            @Override
            public Optional<char[]> readSecret(String prompt) {
                if (!files.isTerminal(0) || !files.isTerminal(1)) {
                    return Optional.empty();
                }
                return Optional.ofNullable(System.console())
                        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)));
            }
        };
    }
}
