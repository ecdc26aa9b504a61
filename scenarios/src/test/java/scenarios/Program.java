package scenarios;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import obnam.posix.FileNames;

/// The program as it is shipped, with a home directory of its own. Immutable; each run is a process.
final class Program {

    /// The passphrase of every repository made here.
    static final String PASSPHRASE = "correct horse battery staple";

    private static final String SHIPPED = "obnam";

    private final Path launcher;
    private final Path home;
    private final Map<String, String> environment;
    private final List<String> prefix;

    private Program(Path launcher, Path home, Map<String, String> environment, List<String> prefix) {
        this.launcher = launcher;
        this.home = home;
        this.environment = environment;
        this.prefix = prefix;
    }

    /// The launcher of the checkout, which has been built.
    ///
    /// @param home made if it is missing
    static Program at(Path home) throws IOException {
        Files.createDirectories(home);
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
        environment.put("XDG_DATA_HOME", home.resolve(".local/share").toString());
        environment.put("XDG_STATE_HOME", home.resolve(".local/state").toString());
        environment.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("OBNAM_PASSPHRASE", PASSPHRASE);
        return new Program(Checkout.FOLDER.resolve("obnam"), home, Map.copyOf(environment), List.of());
    }

    Program with(String variable, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(variable, value);
        return new Program(launcher, home, Map.copyOf(changed), prefix);
    }

    /// An installation in that folder, which others may read even if they may not read the checkout.
    Program installedIn(Path folder) throws IOException {
        Path shipped = Checkout.FOLDER.resolve("target").resolve(SHIPPED);
        Path installation = folder.resolve(SHIPPED);
        try (var files = Files.walk(shipped)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".aot")).toList()) {
                Files.copy(file, installation.resolve(shipped.relativize(file)));
            }
        }
        return new Program(installation.resolve("obnam"), home, environment, prefix).with("OBNAM_AOT", "off");
    }

    /// Started by that command instead of directly.
    Program through(String... command) {
        return new Program(launcher, home, environment, List.of(command));
    }

    /// Runs it and waits.
    Launcher.Ended run(String... arguments) throws IOException, InterruptedException {
        byte[][] bytes = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            bytes[i] = FileNames.of(arguments[i]);
        }
        return run(bytes);
    }

    /// Runs it with arguments that need not be text. They go through a shell script, since Java's own way of
    /// starting processes has to encode text by the locale of this very process.
    Launcher.Ended run(byte[]... arguments) throws IOException, InterruptedException {
        Path script = Files.createTempFile(home, "run", "");
        Files.write(script, script(arguments));
        // The user it runs as may be another one.
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("r--r--r--"));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("/bin/sh", script.toString()));
        Path first = Path.of(command.removeFirst());
        return Launcher.start(first, script, environment, command.toArray(String[]::new))
                .await();
    }

    private byte[] script(byte[]... arguments) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("exec".getBytes(StandardCharsets.US_ASCII));
        quote(text, FileNames.of(launcher.toString()));
        for (byte[] argument : arguments) {
            quote(text, argument);
        }
        text.write('\n');
        return text.toByteArray();
    }

    private static void quote(ByteArrayOutputStream text, byte[] word) {
        text.writeBytes(FileNames.of(" '"));
        for (byte b : word) {
            if (b == '\'') {
                text.writeBytes(FileNames.of("'\\''"));
            } else {
                text.write(b);
            }
        }
        text.write('\'');
    }
}
