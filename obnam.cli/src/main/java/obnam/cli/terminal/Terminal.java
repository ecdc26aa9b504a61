package obnam.cli.terminal;

import java.io.Console;
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

    /// Asks a question.
    ///
    /// @param prompt is shown before
    /// @return what the user typed; empty if there is nobody to ask or the input ended
    Optional<String> readLine(String prompt);

    /// The terminal of this process.
    static Terminal ofProcess(FileSystem files) {
        return new Terminal() {
            @Override
            public boolean showsProgress() {
                return files.isTerminal(2);
            }

            @Override
            public Optional<char[]> readSecret(String prompt) {
                return console().flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)));
            }

            @Override
            public Optional<String> readLine(String prompt) {
                return console().flatMap(console -> Optional.ofNullable(console.readLine("%s", prompt)));
            }

            private Optional<Console> console() {
                return files.isTerminal(0) && files.isTerminal(1)
                        ? Optional.ofNullable(System.console())
                        : Optional.empty();
            }
        };
    }
}
