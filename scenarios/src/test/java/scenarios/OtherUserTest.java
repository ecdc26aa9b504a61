package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    @TempDir
    private Path folder;

    private Path live;
    private Path target;
    private Program program;
    private String repository;

    @BeforeEach
    void prepare() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        live = Files.createDirectory(folder.resolve("live"));
        for (String name : new String[] {"one", "two", "three"}) {
            Files.writeString(live.resolve(name), name);
        }
        Path own = Files.createDirectory(folder.resolve("own"));
        target = own.resolve("target");
        repository = own.resolve("repository").toString();
        program = Program.at(own.resolve("home"));
        if (FileSystem.local().privileged()) {
            program = program.installedIn(folder)
                    .through("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
            give(folder, "own");
            give(own, "home");
        }
        Launcher.Ended made = program.run("init", "-r", repository);
        assertThat(made.code()).as(made.errors()).isZero();
    }

    private static void give(Path directory, String name) {
        try (Directory opened = FileSystem.local().open(FileNames.of(directory.toString()))) {
            opened.setOwner(FileNames.of(name), 65_534, 65_534);
        }
    }

    @Test
    void foreignOwnersAreReportedOnceAndTheRestComesBack() throws Exception {
        assertThat(backUp().code()).isZero();
        Launcher.Ended restored = restore();
        assertThat(restored.code()).as(restored.errors()).isZero();
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
        Launcher.Ended ended = backUp();
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

    private Launcher.Ended backUp() throws IOException, InterruptedException {
        return program.run("backup", "-r", repository, live.toString());
    }

    private Launcher.Ended restore() throws IOException, InterruptedException {
        return program.run("restore", "-r", repository, "latest:" + live, "--target", target.toString());
    }

    private static byte[] bytes(Path path) {
        return FileNames.of(path.toString());
    }
}
