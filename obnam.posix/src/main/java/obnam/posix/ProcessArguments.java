package obnam.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command line of this process as bytes. What `main` gets has been through a character set and may have lost
/// bytes.
public final class ProcessArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private ProcessArguments() {}

    /// All arguments: the JVM's program name, its options, the main class or module, and the program's own
    /// arguments last. The last `n` are those of the program if its `main` got `n`. Where the system does not tell
    /// the bytes, they are made from the text it tells; empty if it tells nothing.
    public static List<byte[]> all() {
        try {
            return split(Files.readAllBytes(COMMAND_LINE));
        } catch (IOException _) {
            String[] none = {};
            String[] texts = ProcessHandle.current().info().arguments().orElse(none);
            return Arrays.stream(texts).map(FileNames::of).toList();
        }
    }

    /// The last arguments of the command line.
    ///
    /// @param count how many the program's `main` got
    /// @return exactly `count` arguments, or none if the command line has fewer
    public static List<byte[]> last(int count) {
        List<byte[]> all = all();
        return all.size() < count ? List.of() : all.subList(all.size() - count, all.size());
    }

    /// Each argument is ended by a NUL byte; empty ones are kept.
    private static List<byte[]> split(byte[] line) {
        List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < line.length; at++) {
            if (line[at] == 0) {
                arguments.add(Arrays.copyOfRange(line, start, at));
                start = at + 1;
            }
        }
        return List.copyOf(arguments);
    }
}
