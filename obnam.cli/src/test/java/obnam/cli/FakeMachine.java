package obnam.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import obnam.cli.host.Environment;
import obnam.cli.host.Interruption;
import obnam.cli.terminal.Terminal;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;

/// A machine for tests: a home in a temporary directory, a user who types what the test says, and outputs that
/// are kept.
public final class FakeMachine {

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    public final Path home;
    public final Map<String, byte[]> variables = new HashMap<>();
    public final Deque<String> typed = new ArrayDeque<>();
    public final FakeEngine engine = new FakeEngine();
    public final ByteArrayOutputStream out = new ByteArrayOutputStream();
    public final ByteArrayOutputStream err = new ByteArrayOutputStream();
    public byte[] workingDirectory;

    public FakeMachine(Path home) {
        this.home = home;
        this.workingDirectory = FileNames.of(home.toString());
    }

    public FakeMachine variable(String name, String value) {
        variables.put(name, FileNames.of(value));
        return this;
    }

    public FakeMachine type(String... lines) {
        typed.addAll(List.of(lines));
        return this;
    }

    public Environment environment() {
        return new Environment(
                variables,
                FileNames.of(home.toString()),
                workingDirectory,
                "host",
                "user",
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> ZoneOffset.UTC,
                FileSystem.local(),
                new Typist(),
                out,
                err);
    }

    /// Runs a command line from a clean slate of outputs.
    public int run(String... arguments) {
        return runBytes(Arrays.stream(arguments).map(FileNames::of).toList());
    }

    public int runBytes(List<byte[]> arguments) {
        out.reset();
        err.reset();
        Interruption interruption = new Interruption(() -> {}, () -> {});
        return new Application(environment(), _ -> engine, interruption).run(arguments);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Both outputs, for comparisons.
    public String all() {
        return out() + err();
    }

    private final class Typist implements Terminal {
        @Override
        public boolean showsProgress() {
            return false;
        }

        @Override
        public Optional<char[]> readSecret(String prompt) {
            err.writeBytes(FileNames.of(prompt + "\n"));
            return Optional.ofNullable(typed.poll()).map(String::toCharArray);
        }

        @Override
        public Optional<String> readLine(String prompt) {
            err.writeBytes(FileNames.of(prompt + "\n"));
            return Optional.ofNullable(typed.poll());
        }
    }
}
