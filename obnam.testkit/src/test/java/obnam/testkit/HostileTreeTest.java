package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileTreeTest {

    @TempDir
    private Path folder;

    private byte[] tree;
    private List<String> leftOut;

    @BeforeEach
    void create() throws IOException {
        tree = FileNames.of(Files.createDirectory(folder.resolve("tree")).toString());
        leftOut = HostileTree.create(tree, HostileTree.Size.SMALL);
    }

    @AfterEach
    void delete() {
        HostileTree.delete(tree);
    }

    @Test
    void deletingItLeavesNothing() throws IOException {
        HostileTree.delete(tree);
        assertThat(folder.resolve("tree")).isEmptyDirectory();
        Files.delete(folder.resolve("tree"));
        Files.createDirectory(folder.resolve("tree"));
    }

    @Test
    void twoOfThemAreEqual() throws IOException {
        byte[] again =
                FileNames.of(Files.createDirectory(folder.resolve("again")).toString());
        try {
            assertThat(HostileTree.create(again, HostileTree.Size.SMALL)).isEqualTo(leftOut);
            assertThat(TreeComparison.of(tree, again).withoutTop().differences())
                    .isEmpty();
        } finally {
            HostileTree.delete(again);
        }
    }

    @Test
    void everyByteIsAName() {
        try (Directory top = FileSystem.local().open(tree);
                Directory names = top.openDirectory(FileNames.of("names"));
                Directory single = names.openDirectory(FileNames.of("single bytes"))) {
            // All 256 but NUL and the slash.
            assertThat(single.list().size()).isEqualTo(254);
        }
    }

    @Test
    void hugeFilesTakeLittleSpace() {
        try (Directory top = FileSystem.local().open(tree);
                Directory sparse = top.openDirectory(FileNames.of("sparse"))) {
            FileStatus huge = sparse.status(FileNames.of("huge"));
            assertThat(huge.size()).isEqualTo(HostileTree.Size.SMALL.sparseFile());
            assertThat(huge.blocks() * 512).isBetween(1L << 20, 2L << 20);
        }
    }

    @Test
    void everySectionIsThere() {
        try (Directory top = FileSystem.local().open(tree)) {
            assertThat(top.list().size()).isEqualTo(14);
        }
        if (!FileSystem.local().privileged()) {
            assertThat(leftOut).anyMatch(line -> line.startsWith("owners"));
        }
    }
}
