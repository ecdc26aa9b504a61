package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.testkit.TreeComparison;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Someone who is not root. If root runs the tests, that is user 65534 (nobody).
class OtherUserTest {

    private static final String NOBODY = "65534";
    private static final Set<PosixFilePermission> EVERYBODY = PosixFilePermissions.fromString("rwxr-xr-x");

    @TempDir
    private Path folder;

    private Path live;
    private Path target;
    private User user = new User(Path.of("/"));
    private final List<String> program = new ArrayList<>();
    private String repository;

    @BeforeEach
    void prepare() throws Exception {
        Files.setPosixFilePermissions(folder, EVERYBODY);
        live = Files.createDirectory(folder.resolve("live"));
        for (String name : List.of("one", "two", "three")) {
            Files.writeString(live.resolve(name), name);
            Files.setPosixFilePermissions(live.resolve(name), EVERYBODY);
        }
        Files.setPosixFilePermissions(live, EVERYBODY);
        Path own = Files.createDirectory(folder.resolve("own"));
        target = own.resolve("target");
        repository = own.resolve("repository").toString();
        user = new User(Files.createDirectory(own.resolve("home")));
        user.environment.put("OBNAM_PASSPHRASE", "only for this test");
        Path installation = Checkout.FOLDER.resolve("target/obnam");
        if (FileSystem.local().privileged()) {
            program.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
            installation = copied(installation);
            give(folder, "own");
            give(own, "home");
        }
        program.add(installation.resolve("obnam").toString());
        User.Ended made = run("init", "-r", repository, "--kdf", "pbkdf2-hmac-sha-512");
        assertThat(made.code()).as(made.toString()).isZero();
    }

    /// Others may not be able to read the checkout.
    private Path copied(Path installation) throws IOException {
        Path copy = folder.resolve("obnam");
        try (var files = Files.walk(installation)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".aot")).toList()) {
                Path made = copy.resolve(installation.relativize(file));
                Files.copy(file, made);
                Files.setPosixFilePermissions(made, EVERYBODY);
            }
        }
        return copy;
    }

    private User.Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return user.run(command);
    }

    private static void give(Path directory, String name) {
        try (Directory opened = FileSystem.local().open(FileNames.of(directory.toString()))) {
            opened.setOwner(FileNames.of(name), 65_534, 65_534);
        }
    }

    @Test
    void foreignOwnersAreReportedOnceAndTheRestComesBack() throws Exception {
        assertThat(backUp().code()).isZero();
        User.Ended restored = restore();
        assertThat(restored.code()).as(restored.toString()).isZero();
        if (FileSystem.local().privileged()) {
            assertThat(restored.errors().lines().filter(line -> line.contains("owner")))
                    .hasSize(1);
        }
        assertThat(TreeComparison.of(bytes(live), bytes(target)).withoutOwners().differences())
                .isEmpty();
    }

    @Test
    void anUnreadableFileIsNamedAndTheOthersAreSaved() throws Exception {
        Files.writeString(live.resolve("closed\n"), "secret");
        Files.setPosixFilePermissions(live.resolve("closed\n"), PosixFilePermissions.fromString("-wx-wx-wx"));
        User.Ended ended = backUp();
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.errors().lines().filter(line -> line.contains("/live/closed\\n")))
                .hasSize(1);
        assertThat(restore().code()).isZero();
        Files.delete(live.resolve("closed\n"));
        assertThat(TreeComparison.of(bytes(live), bytes(target))
                        .withoutOwners()
                        .withoutTop()
                        .differences())
                .isEmpty();
    }

    private User.Ended backUp() throws IOException, InterruptedException {
        return run("backup", "-r", repository, live.toString());
    }

    private User.Ended restore() throws IOException, InterruptedException {
        return run("restore", "-r", repository, "latest:" + live, "--target", target.toString());
    }

    private static byte[] bytes(Path path) {
        return FileNames.of(path.toString());
    }
}
