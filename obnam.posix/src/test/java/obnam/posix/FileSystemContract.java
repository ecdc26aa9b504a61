package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What the contract tests have in common: an empty directory, and short ways to say things.
abstract class FileSystemContract {
    static final byte[] SELF = {};

    @TempDir
    Path folder;

    FileSystem files = createFileSystem();
    Directory directory;

    abstract FileSystem createFileSystem();

    @BeforeEach
    void openFolder() {
        directory = files.open(bytes(folder));
    }

    @AfterEach
    void closeFolder() {
        directory.close();
    }

    static byte[] bytes(Path path) {
        return FileNames.of(path.toString());
    }

    static byte[] name(String text) {
        return FileNames.of(text);
    }

    /// One byte for each character.
    static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void create(byte[] name, byte[] content) {
        try (OutputFile file = directory.createFile(name, 0600)) {
            file.write(0, content, 0, content.length);
        }
    }

    void create(String name) {
        create(name(name), name("content of " + name));
    }

    byte[] content(byte[] name) {
        try (InputFile file = directory.openFile(name)) {
            byte[] content = new byte[(int) file.status().size()];
            int done = 0;
            while (done < content.length) {
                done += file.read(done, content, done, content.length - done);
            }
            return content;
        }
    }

    List<String> listed() {
        DirectoryListing listing = directory.list();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < listing.size(); i++) {
            names.add(new String(listing.name(i), StandardCharsets.ISO_8859_1));
        }
        return names;
    }

    /// Hard names: each single byte that can be one, invalid UTF-8, control sequences, the longest, and pairs whose
    /// order differs between signed and unsigned bytes.
    static List<byte[]> hostileNames() {
        List<byte[]> names = new ArrayList<>();
        for (int b = 1; b < 256; b++) {
            if (b != '/' && b != '.') {
                names.add(new byte[] {(byte) b});
            }
        }
        names.addAll(List.of(
                raw("..."),
                raw(".a"),
                raw("a."),
                raw("..b"),
                raw(" leading"),
                raw("trailing "),
                raw("-rf"),
                raw("**"),
                raw("new\nline"),
                raw("\u001b[2J"),
                raw("\u00ff\u00fe"),
                raw("\u00c3("),
                raw("\u00e2\u0082"),
                raw("%2F"),
                raw("a%41"),
                raw("\u00ed\u00a0\u0080"),
                name("ä"),
                name("a\u0308"),
                name("\u202egnp.exe"),
                name("😀")));
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xff);
        names.add(longest);
        byte[] longText = new byte[255];
        Arrays.fill(longText, (byte) 'n');
        names.add(longText);
        return names;
    }

    static PosixException failure(ThrowingCallable call) {
        PosixException[] caught = new PosixException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(PosixException.class, failure -> caught[0] = failure);
        return caught[0];
    }

    /// Either the call works and `check` holds, or it fails for want of privileges.
    static void ifPermitted(ThrowingCallable call, Runnable check) throws Throwable {
        try {
            call.call();
        } catch (PosixException failure) {
            assertThat(failure.isPermission()).as(failure.getMessage()).isTrue();
            return;
        }
        check.run();
    }

    /// Either the call works and `check` holds, or the file system of the test does not support it and says so.
    static void ifSupported(ThrowingCallable call, Runnable check) throws Throwable {
        try {
            call.call();
        } catch (PosixException failure) {
            assertThat(failure.isNotSupported()).as(failure.getMessage()).isTrue();
            return;
        }
        check.run();
    }

    static void refusesBadNames(Consumer<byte[]> call) {
        for (byte[] name : List.of(name("."), name(".."), name("a/b"), name("/"), name("a\0b"), name("../x"))) {
            assertThatIllegalArgumentException().as(FileNames.display(name)).isThrownBy(() -> call.accept(name));
        }
    }

    static void refusesBadAndEmptyNames(Consumer<byte[]> call) {
        refusesBadNames(call);
        assertThatIllegalArgumentException().isThrownBy(() -> call.accept(SELF));
    }
}
