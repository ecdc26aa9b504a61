package scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The launcher in a folder of its own, among a JDK, a Maven and a training script that are shell scripts: what is
/// tested
/// is what it starts and with what.
final class Launcher {

    private final Path folder;

    /// @param folder where the launcher is put
    Launcher(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        Files.copy(Checkout.FOLDER.resolve("obnam"), file());
    }

    Path file() {
        return folder.resolve("obnam");
    }

    /// Makes the folder an installation.
    Launcher installed() throws IOException {
        Files.createDirectories(folder.resolve("lib/mods"));
        return this;
    }

    /// A JDK whose `java` prints its home, its arguments and its environment, one a line.
    static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "echo \"home=${0%/bin/java}\"; printf '<%s>\\n' \"$@\"; env");
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// What a run left behind.
    record Ended(int code, List<String> output, String errors) {}

    /// Starts the launcher at that path and does not wait.
    static Running start(Path file, Path output, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        Path out = output.resolveSibling(output.getFileName() + ".out");
        Path err = output.resolveSibling(output.getFileName() + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.contains("JAVA") || name.startsWith("OBNAM") || name.startsWith("JDK"));
        all.putAll(environment);
        return new Running(builder.start(), out, err);
    }

    record Running(Process process, Path out, Path err) {

        Ended await() throws IOException, InterruptedException {
            int code = process.waitFor();
            return new Ended(code, Files.readAllLines(out), Files.readString(err, StandardCharsets.UTF_8));
        }
    }
}
