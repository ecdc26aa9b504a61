package scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The program as this build made it, for a user whose home is a temporary folder.
final class User {

    /// The user's home.
    final Path home;

    /// Further environment variables.
    final Map<String, String> environment = new HashMap<>();

    private final List<String> before = new ArrayList<>();

    User(Path home) {
        this.home = home;
        environment.put("OBNAM_AOT", "off");
    }

    /// How a run ended.
    record Ended(int code, String output, String errors) {}

    /// The same user, with the program started by another command, such as one that limits what it may do.
    User startedBy(String... command) {
        User other = new User(home);
        other.environment.putAll(environment);
        other.before.addAll(List.of(command));
        return other;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.add(Checkout.FOLDER.resolve("target/obnam/obnam").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Runs any command in the user's environment. Its output is taken by way of files, so that neither of the two
    /// can block the other.
    Ended run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home.getParent(), "out", "");
        Path err = Files.createTempFile(home.getParent(), "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("OBNAM") || name.startsWith("XDG_"));
        all.put("HOME", home.toString());
        all.putAll(environment);
        int code = builder.start().waitFor();
        return new Ended(code, text(out), text(err));
    }

    /// What is not UTF-8 becomes a replacement character, and does not fail the test.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /// Makes a repository, with a key derivation that takes little memory.
    void init(Path repository) throws IOException, InterruptedException {
        Ended made = run("init", "-r", repository.toString(), "--kdf", "pbkdf2-hmac-sha-512");
        if (made.code() != 0) {
            throw new AssertionError(made.toString());
        }
    }
}
