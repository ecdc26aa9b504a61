package obnam.cli.terminal;

import java.io.Console;
import java.util.Optional;
import obnam.posix.FileSystem;

/// The terminal the user sits at, if there is one.
public interface Terminal {

    /// Whether standard error output is a terminal, so that a line on it can be rewritten.
    boolean showsProgress();

    /// Whether the user can be asked.
    boolean canAsk();

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
            public boolean canAsk() {
                return files.isTerminal(0) && files.isTerminal(1) && System.console() != null;
            }

            @Override
            public Optional<char[]> readSecret(String prompt) {
                Console console = canAsk() ? System.console() : null;
                return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("%s", prompt));
            }
        };
    }
}
