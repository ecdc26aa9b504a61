package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program with as little memory as it may have, and derivations of keys beside it.
class LittleMemoryTest {

    private static final long SEED = 20_261_124;
    private static final List<String> CHEAP_ARGON2 = List.of(
            "--kdf",
            "argon2id",
            "--kdf-parameter",
            "memoryKiB=65536",
            "--kdf-parameter",
            "parallelism=1",
            "--kdf-parameter");

    @TempDir
    private Path folder;

    private User user = new User(Path.of("/"));
    private String repository = "";

    @BeforeEach
    void newUser() throws Exception {
        user = new User(Files.createDirectory(folder.resolve("home")));
        user.environment.put("OBNAM_PASSPHRASE", "only for this test");
        repository = folder.resolve("repository").toString();
    }

    private User.Ended run(List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(options);
        User.Ended ended = user.run(all.toArray(String[]::new));
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    /// A large file, files around the limits of the buffers, and many small ones: 300 MiB.
    private Path live() throws IOException {
        Path live = Files.createDirectories(user.home.resolve("live/many"));
        Random random = new Random(SEED);
        write(live.resolve("large"), 160 << 20, random);
        for (int i = 0; i < 15; i++) {
            write(live.resolve("medium " + i), (8 << 20) - i * (512 << 10), random);
        }
        for (int i = 0; i < 20_000; i++) {
            write(live.resolve("small file " + i), 3000, random);
        }
        return live.getParent();
    }

    private static void write(Path file, int length, Random random) throws IOException {
        byte[] part = new byte[Math.min(length, 1 << 20)];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int left = length; left > 0; left -= part.length) {
                random.nextBytes(part);
                out.write(part, 0, Math.min(left, part.length));
            }
        }
    }

    @Test
    void theLeastLimitIsEnoughForManyProcessors() throws Exception {
        Path live = live();
        Path target = folder.resolve("target");
        user.init(Path.of(repository));
        user.environment.put("OBNAM_MEMORY_LIMIT", "256M");
        user.environment.put("OBNAM_JAVA_OPTIONS", "-XX:ActiveProcessorCount=32");
        List<String> where = List.of("-r", repository);
        run(where, "backup", live.toString());
        run(where, "backup", "--force", live.toString());
        run(where, "check", "--read-data");
        run(where, "restore", "latest:" + live, "--target", target.toString());
        User.Ended compared = user.run(List.of("diff", "-r", live.toString(), target.toString()));
        assertThat(compared.code()).as("seed " + SEED + ": " + compared).isZero();
    }

    @Test
    void keysAreTheSameWithAndWithoutTheLauncher() throws Exception {
        List<String> options = new ArrayList<>(CHEAP_ARGON2);
        options.add("iterations=3");
        run(options, "init", "-r", repository);
        User other = new User(Files.createDirectory(folder.resolve("other")));
        other.environment.putAll(user.environment);
        User.Ended taken = other.run(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "--enable-native-access=obnam.posix,com.github.luben.zstd_jni",
                "-p",
                Checkout.FOLDER.resolve("target/obnam/lib/mods").toString(),
                "-m",
                "obnam.cli/obnam.cli.Main",
                "init",
                "-r",
                repository));
        assertThat(taken.code()).as(taken.toString()).isZero();
        assertThat(taken.output()).contains("the keys of repository").contains("are now in");
    }

    @Test
    void aDerivationThatDoesNotFitTheLimitSaysWhatToDo() throws Exception {
        User.Ended ended = user.run("init", "-r", repository, "--memory-limit", "300M");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors())
                .contains("argon2id needs", "Raise --memory-limit to")
                .hasLineCount(1);
        assertThat(user.home.resolve(".config/obnam/secrets.yaml")).doesNotExist();
    }

    @Test
    void aDerivationEndsWithTheProgram() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Checkout.FOLDER.resolve("target/obnam/obnam").toString(), "init", "-r", repository));
        command.addAll(CHEAP_ARGON2);
        command.add("iterations=16");
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("HOME", user.home.toString());
        builder.environment().putAll(user.environment);
        Process program = builder.start();
        List<ProcessHandle> derivations = List.of();
        while (derivations.isEmpty() && program.isAlive()) {
            // The launcher has children of its own before it becomes the program.
            derivations = program.children()
                    .filter(child -> arguments(child).contains("DerivationProcess"))
                    .toList();
        }
        program.destroy();
        assertThat(program.waitFor()).isEqualTo(130);
        assertThat(derivations).hasSize(1);
        derivations.getFirst().onExit().join();
        assertThat(user.home.resolve(".config/obnam/secrets.yaml")).doesNotExist();
    }

    private static String arguments(ProcessHandle process) {
        return String.join(" ", process.info().arguments().orElse(new String[0]));
    }
}
