package obnam.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import obnam.api.UsageException;
import obnam.cli.host.LocalFiles;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsFileTest {

    @TempDir
    private Path folder;

    private Path path = Path.of("/");
    private SecretsFile secrets = new SecretsFile(new LocalFiles(FileSystem.local()), FileNames.of("/"));

    @BeforeEach
    void name() {
        path = folder.resolve("config/secrets.yaml");
        secrets = new SecretsFile(new LocalFiles(FileSystem.local()), FileNames.of(path.toString()));
    }

    private static Credential credential(int seed) {
        return new Credential(id(seed), "%064x".formatted(seed + 1), filled(seed + 2), filled(seed + 3));
    }

    private static RepositoryId id(int seed) {
        return new RepositoryId("%064x".formatted(seed));
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Credential.KEY_LENGTH];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void write(String text, String mode) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private void assertHolds(int seed) {
        Credential found = secrets.find(id(seed)).orElseThrow();
        assertThat(found.keyName()).isEqualTo(credential(seed).keyName());
        assertThat(found.encryption()).isEqualTo(credential(seed).encryption());
        assertThat(found.mac()).isEqualTo(credential(seed).mac());
    }

    @Test
    void whatIsAddedIsFound() {
        assertThat(secrets.find(id(1))).isEmpty();
        assertThat(secrets.add(credential(1))).isTrue();
        assertThat(secrets.add(credential(0x1234e5))).isTrue();

        assertHolds(1);
        assertHolds(0x1234e5);
        assertThat(secrets.find(id(3))).isEmpty();
    }

    @Test
    void anEntryIsNeverReplaced() throws IOException {
        secrets.add(credential(1));
        String before = Files.readString(path);

        assertThat(secrets.add(new Credential(id(1), "%064x".formatted(9), filled(9), filled(9))))
                .isFalse();
        assertThat(path).hasContent(before);
    }

    @Test
    void whatStoodThereBeforeStays() throws IOException {
        String before = "# mine\n\"" + id(7).hex() + "\":\n  key: \"" + id(8).hex() + "\"\n  future: [1, {a: b}]\n"
                + "  encryption: " + "AQ".repeat(21) + "E=\n  mac: " + "AQ".repeat(21) + "E=";
        write(before, "rw-------");

        secrets.add(credential(1));
        assertThat(Files.readString(path)).startsWith(before + "\n");
        assertThat(secrets.find(id(7))).isPresent();
        assertHolds(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "r-----r--", "rwxrwxrwx"})
    void aFileThatOthersCanReadOrChangeIsRefused(String mode) throws IOException {
        write("", mode);

        assertThatThrownBy(() -> secrets.find(id(1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("others can read or change the secrets file")
                .hasMessageContaining("chmod 400 '" + path + "'");
        assertThatThrownBy(() -> secrets.add(credential(1))).isInstanceOf(UsageException.class);
        assertThat(path).isEmptyFile();
    }

    @Test
    void aSymbolicLinkIsRefused() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(folder.resolve("elsewhere"), "");
        Files.createSymbolicLink(path, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> secrets.find(id(1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("not a regular file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "{}",
                "key: x\n  encryption: y\n  mac: z",
                "key: \"0000000000000000000000000000000000000000000000000000000000000000\"\n  encryption: AAAA\n  mac: AAAA",
                "key: \"0000000000000000000000000000000000000000000000000000000000000000\"\n  encryption: [x]",
            })
    void anEntryThatMakesNoSenseNamesItsLineAndWhatToRun(String entry) throws IOException {
        write("# first line\n\"" + id(1).hex() + "\":\n  " + entry + "\n", "r--------");

        assertThatThrownBy(() -> secrets.find(id(1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("this entry of the secrets file makes no sense: " + path + " line ")
                .hasMessageContaining("obnam init -r LOCATION");
    }

    @Test
    void aFileOfAnotherShapeIsNotBroken() throws IOException {
        write("{ }", "r--------");

        assertThatThrownBy(() -> secrets.add(credential(1))).isInstanceOf(UsageException.class);
        assertThat(path).hasContent("{ }");
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int seed = i;
            writers.add(() -> secrets.add(credential(seed)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> added : threads.invokeAll(writers)) {
                assertThat(added.get()).isTrue();
            }
        }
        for (int i = 0; i < 20; i++) {
            assertHolds(i);
        }
    }
}
