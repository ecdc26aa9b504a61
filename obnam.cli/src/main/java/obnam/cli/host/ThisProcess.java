package obnam.cli.host;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import obnam.cli.terminal.Terminal;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.PosixException;
import obnam.posix.ProcessArguments;

/// The environment of the running program. Names are taken as bytes from `/proc` where there is one, since what
/// Java tells has been through a character set.
public final class ThisProcess {

    private ThisProcess() {}

    /// The arguments of the program as bytes.
    ///
    /// @param arguments what `main` got
    public static List<byte[]> arguments(String[] arguments) {
        List<byte[]> raw = ProcessArguments.last(arguments.length);
        return raw.size() == arguments.length
                ? raw
                : List.of(arguments).stream().map(FileNames::of).toList();
    }

    /// The environment.
    public static Environment environment() {
        Map<String, byte[]> variables = variables();
        byte[] home = variables.getOrDefault("HOME", new byte[0]);
        FileSystem files = FileSystem.local();
        return new Environment(
                variables,
                PathBytes.isAbsolute(home) ? home : FileNames.of(System.getProperty("user.home", "/")),
                workingDirectory(files),
                hostName(variables),
                System.getProperty("user.name", ""),
                Clock.systemUTC(),
                ZoneId::systemDefault,
                files,
                Terminal.ofProcess(files),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    private static Map<String, byte[]> variables() {
        Map<String, byte[]> variables = new HashMap<>();
        try {
            byte[] block = Files.readAllBytes(Path.of("/proc/self/environ"));
            int start = 0;
            for (int at = 0; at < block.length; at++) {
                if (block[at] == 0) {
                    addVariable(variables, java.util.Arrays.copyOfRange(block, start, at));
                    start = at + 1;
                }
            }
        } catch (IOException _) {
            System.getenv().forEach((name, value) -> variables.put(name, FileNames.of(value)));
        }
        return variables;
    }

    private static void addVariable(Map<String, byte[]> variables, byte[] assignment) {
        int equals = 0;
        while (equals < assignment.length && assignment[equals] != '=') {
            equals++;
        }
        if (equals < assignment.length) {
            String name = new String(assignment, 0, equals, java.nio.charset.StandardCharsets.ISO_8859_1);
            variables.putIfAbsent(name, java.util.Arrays.copyOfRange(assignment, equals + 1, assignment.length));
        }
    }

    private static byte[] workingDirectory(FileSystem files) {
        try (Directory self = files.open(FileNames.of("/proc/self"))) {
            return self.readLink(FileNames.of("cwd"));
        } catch (PosixException _) {
            return FileNames.of(Path.of("").toAbsolutePath().toString());
        }
    }

    private static String hostName(Map<String, byte[]> variables) {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return Utf8.decode(variables.getOrDefault("HOSTNAME", FileNames.of("localhost")))
                    .orElse("localhost");
        }
    }
}
