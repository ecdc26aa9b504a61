package obnam.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import obnam.api.LocalException;
import obnam.api.UsageException;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

    @TempDir
    private Path folder;

    private final LocalFiles files = new LocalFiles(FileSystem.local());

    private byte[] path(String name) {
        return FileNames.of(folder.resolve(name).toString());
    }

    @Test
    void aFileIsReplacedWithItsModeAndNothingIsLeftBehind() throws IOException {
        Files.writeString(folder.resolve(".file.new"), "left over");

        files.replace(path("file"), FileNames.of("one"), 0400);
        files.replace(path("file"), FileNames.of("two"), 0400);

        assertThat(folder.resolve("file")).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("file"))))
                .isEqualTo("r--------");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve("file"));
        }
    }

    @Test
    void aFileIsReadUpToTheLimit() throws IOException {
        byte[] content = new byte[20_000];
        java.util.Arrays.fill(content, (byte) 'x');
        Files.write(folder.resolve("file"), content);

        assertThat(files.read(path("file"), 20_000).orElseThrow().content()).isEqualTo(content);
        assertThatThrownBy(() -> files.read(path("file"), 19_999))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(files.read(path("none"), 10)).isEmpty();
        assertThat(files.read(path("none/none"), 10)).isEmpty();
        assertThat(files.readFollowing(path("none"), 10)).isEmpty();
        assertThat(files.status(path("none"))).isEmpty();
    }

    @Test
    void symbolicLinksAreFollowedOnlyWhereThatIsAsked() throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        Files.createSymbolicLink(folder.resolve("one"), folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        assertThat(files.readFollowing(path("two"), 10).orElseThrow().content())
                .asString()
                .isEqualTo("text");
        assertThatThrownBy(() -> files.read(path("two"), 10)).isInstanceOf(UsageException.class);
        assertThat(files.readFollowing(path("loop"), 10)).isEmpty();
    }

    @Test
    void directoriesAreMadeForTheUserAlone() throws IOException {
        files.makeDirectories(path("a/b/c"));
        files.makeDirectories(path("a/b/c"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))))
                .isEqualTo("rwx------");
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> files.makeDirectories(path("file/x"))).isInstanceOf(LocalException.class);
    }
}
