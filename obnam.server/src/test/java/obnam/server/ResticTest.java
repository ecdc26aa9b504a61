package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's restic, with our server.
@Tag("other-programs")
class ResticTest {

    @TempDir
    Path folder;

    @Test
    void resticBacksUpForgetsPrunesChecksAndRestores() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live"));
        fill(live, 1);
        try (TestServer server = new TestServer(folder.resolve("server"))) {
            Token token = server.account("alice", Rules.NONE, TestServer.ALL);
            String url = "rest:http://alice:" + token.text() + "@127.0.0.1:" + server.port() + "/from-restic/";
            restic(url, "init");
            restic(url, "backup", live.toString());
            fill(live, 2);
            restic(url, "backup", live.toString());
            assertThat(restic(url, "snapshots")).contains("2 snapshots");
            restic(url, "forget", "--keep-last", "1", "--prune");
            assertThat(restic(url, "check", "--read-data")).contains("no errors were found");
            Path target = folder.resolve("restored");
            restic(url, "restore", "latest", "--target", target.toString());
            assertSame(live, target.resolve(live.toString().substring(1)));
            assertThat(restic(url, "list", "locks")).isBlank();
        }
    }

    private static void fill(Path live, int seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[random.nextInt(600_000)];
            random.nextBytes(content);
            Files.write(live.resolve("file " + seed + " " + i), content);
        }
        Files.deleteIfExists(live.resolve("file " + (seed - 1) + " 0"));
    }

    private static void assertSame(Path expected, Path found) throws IOException {
        assertThat(names(found)).isEqualTo(names(expected));
        for (String name : names(expected)) {
            assertThat(Files.mismatch(expected.resolve(name), found.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String restic(String url, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("restic", "-r", url));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "restic", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("RESTIC_PASSWORD", "only for this test");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        int code = builder.start().waitFor();
        String text = Files.readString(output);
        assertThat(code).as("restic %s: %s", List.of(arguments), text).isZero();
        return text;
    }
}
