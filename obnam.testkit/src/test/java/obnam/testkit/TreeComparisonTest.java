package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileFlags;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.FileType;
import obnam.posix.OutputFile;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each test makes one difference between two equal trees.
class TreeComparisonTest {

    private static final Timestamp TIME = new Timestamp(1_000_000_000, 5);
    private static final byte[] FILE = FileNames.of("file");
    private static final byte[] LINK = FileNames.of("link");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTwo() throws IOException {
        for (String side : List.of("one", "two")) {
            Files.createDirectory(folder.resolve(side));
            in(side, TreeComparisonTest::fill);
        }
    }

    private static void fill(Directory top) {
        try (OutputFile file = top.createFile(FILE, 0644)) {
            file.truncate(5 << 20);
            file.write(3 << 20, new byte[] {1, 2, 3}, 0, 3);
        }
        try (Directory inner = top.makeDirectory(FileNames.of("inner"), 0755)) {
            inner.link(top, FILE, FileNames.of("linked"));
            inner.createFile(FileNames.of("alone"), 0600).close();
            inner.createFile(FileNames.of("alone too"), 0600).close();
        }
        top.makeSymlink(LINK, FileNames.of("target"));
        top.makeNode(FileNames.of("fifo"), FileType.FIFO, 0600, 0, 0);
        settle(top);
    }

    /// Gives everything the same time again.
    private static void settle(Directory top) {
        try (Directory inner = top.openDirectory(FileNames.of("inner"))) {
            for (String name : List.of("linked", "alone", "alone too")) {
                if (inner.statusIfPresent(FileNames.of(name)).isPresent()) {
                    inner.setTimes(FileNames.of(name), TIME, TIME);
                }
            }
        }
        for (int i = 0; i < top.list().size(); i++) {
            top.setTimes(top.list().name(i), TIME, TIME);
        }
        top.setTimes(new byte[0], TIME, TIME);
    }

    private void in(String side, Consumer<Directory> change) {
        try (Directory top = FileSystem.local().open(path(side))) {
            change.accept(top);
        }
    }

    private byte[] path(String side) {
        return FileNames.of(folder.resolve(side).toString());
    }

    private List<String> after(Consumer<Directory> change) {
        in("two", change.andThen(TreeComparisonTest::settle));
        return differences();
    }

    private List<String> differences() {
        return TreeComparison.of(path("one"), path("two")).differences();
    }

    private static Consumer<Directory> inner(Consumer<Directory> change) {
        return top -> {
            try (Directory inner = top.openDirectory(FileNames.of("inner"))) {
                change.accept(inner);
            }
        };
    }

    private static Consumer<Directory> written(long position, int value) {
        return top -> {
            try (OutputFile file = top.openForUpdate(FILE)) {
                file.write(position, new byte[] {(byte) value}, 0, 1);
            }
        };
    }

    @Test
    void equalTreesHaveNoDifference() {
        assertThat(differences()).isEmpty();
    }

    @Test
    void oneByteIsFound() {
        assertThat(after(written((3 << 20) + 1, 9))).contains("file: content differs from byte 3145729 on");
    }

    @Test
    void aByteInAHoleOfTheOriginalIsFound() {
        assertThat(after(written((4 << 20) + 77, 9))).contains("file: content differs from byte 4194381 on");
    }

    @Test
    void zerosInAHoleAreNoDifference() {
        assertThat(after(written((4 << 20) + 77, 0))).isEmpty();
    }

    @Test
    void filledHolesAreFound() {
        List<String> found = after(top -> {
            try (OutputFile file = top.openForUpdate(FILE)) {
                file.write(0, new byte[2 << 20], 0, 2 << 20);
            }
        });
        assertThat(found).hasSize(2).allMatch(line -> line.endsWith("holes are filled"));
    }

    @Test
    void anotherSizeIsFound() {
        assertThat(after(top -> {
                    try (OutputFile file = top.openForUpdate(FILE)) {
                        file.truncate((5 << 20) + 1);
                    }
                }))
                .contains("file: size is 5242881, not 5242880");
    }

    @Test
    void modeAndTimeAreCompared() {
        assertThat(after(top -> top.setMode(FILE, 04644))).contains("file: mode is 4644, not 0644");
        in("two", top -> top.setMode(FILE, 0644));
        in("two", top -> top.setTimes(LINK, TIME, new Timestamp(TIME.seconds(), 6)));
        assertThat(differences())
                .containsExactly("link: time is 2001-09-09T01:46:40.000000006Z, not 2001-09-09T01:46:40.000000005Z");
    }

    @Test
    void theTopCountsOrNot() {
        in("two", top -> top.setMode(new byte[0], 0700));
        in("one", top -> top.setMode(new byte[0], 0755));
        assertThat(differences()).containsExactly(".: mode is 0700, not 0755");
        assertThat(TreeComparison.of(path("one"), path("two")).withoutTop().differences())
                .isEmpty();
    }

    @Test
    void missingAndNewNamesAreFound() {
        assertThat(after(top -> top.rename(FileNames.of("fifo"), new byte[] {'f', '\n', (byte) 0xff})))
                .containsExactly("f\\n\\xff: is new", "fifo: is missing");
    }

    @Test
    void typeAndTargetAreCompared() {
        assertThat(after(top -> {
                    top.remove(FileNames.of("fifo"));
                    top.createFile(FileNames.of("fifo"), 0600).close();
                    top.remove(LINK);
                    top.makeSymlink(LINK, FileNames.of("Target"));
                }))
                .containsExactly("fifo: type is REGULAR, not FIFO", "link: target is Target, not target");
    }

    @Test
    void aLinkThatBecameACopyIsFound() {
        assertThat(after(inner(inner -> {
                    inner.remove(FileNames.of("linked"));
                    try (OutputFile file = inner.createFile(FileNames.of("linked"), 0644)) {
                        file.truncate(5 << 20);
                        file.write(3 << 20, new byte[] {1, 2, 3}, 0, 3);
                    }
                })))
                .containsExactly("inner/linked: is no longer linked to its other names");
    }

    @Test
    void filesThatBecameLinksAreFound() {
        assertThat(after(inner(inner -> {
                    inner.remove(FileNames.of("alone too"));
                    inner.link(inner, FileNames.of("alone"), FileNames.of("alone too"));
                })))
                .containsExactly("inner/alone too: is linked to a name it was not linked to");
    }

    @Test
    void attributesAreCompared() {
        ExtendedAttribute one = new ExtendedAttribute(FileNames.of("user.a"), FileNames.of("1"));
        ExtendedAttribute other = new ExtendedAttribute(FileNames.of("user.a"), FileNames.of("2"));
        in("one", top -> top.setExtendedAttribute(FILE, one));
        assertThat(differences()).contains("file: attribute user.a is missing");
        in("two", top -> top.setExtendedAttribute(FILE, other));
        assertThat(differences()).contains("file: attribute user.a has another value");
        in("one", top -> top.removeExtendedAttribute(FILE, one.name()));
        assertThat(differences()).contains("file: attribute user.a is new");
    }

    @Test
    void flagsAreCompared() {
        assertThat(after(top -> top.setFileFlags(FileNames.of("inner"), FileFlags.NO_DUMP)))
                .containsExactly("inner: flags is 64, not 0");
    }

    @Test
    void manyDifferencesAreCounted() {
        int made = TreeComparison.LISTED + 7;
        List<String> found = after(top -> {
            for (int i = 0; i < made; i++) {
                top.createFile(FileNames.of("new " + i), 0600).close();
            }
        });
        assertThat(found).hasSize(TreeComparison.LISTED + 1).last().isEqualTo("and 7 more");
    }
}
