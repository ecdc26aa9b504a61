package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileFlags;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.OutputFile;
import obnam.posix.Timestamp;
import obnam.testkit.HostileTree;
import obnam.testkit.TreeComparison;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A tree that hurts backup programs is backed up once; each test restores it or backs it up again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileTreeScenario {

    private final HostileTree.Size size;
    private final String locale;
    private Path folder = Path.of("");
    private User program = new User(Path.of("/"));
    private Path tree = Path.of("");
    private Path target = Path.of("");
    private String repository = "";

    HostileTreeScenario(HostileTree.Size size, String locale) {
        this.size = size;
        this.locale = locale;
    }

    @BeforeAll
    void backUp(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
        tree = Files.createDirectory(folder.resolve("tree"));
        repository = folder.resolve("repository").toString();
        HostileTree.create(bytes(tree), size);
        program = new User(Files.createDirectory(folder.resolve("home")));
        program.environment.put("OBNAM_PASSPHRASE", "only for this test");
        program.environment.put("LC_ALL", locale);
        program.init(Path.of(repository));
        assertThat(done(program.run("backup", "-r", repository, tree.toString()))
                        .output())
                .contains("snapshot ");
    }

    @BeforeEach
    void newTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
    }

    @AfterEach
    void deleteTarget() throws IOException {
        HostileTree.delete(bytes(target));
        Files.delete(target);
    }

    /// JUnit's own way of deleting gives up on long paths and flags.
    @AfterAll
    void deleteAll() {
        HostileTree.delete(bytes(folder));
    }

    @Test
    void everythingComesBackAsItWas() throws Exception {
        restoreAll();
        assertThat(TreeComparison.of(bytes(tree), bytes(restored())).differences())
                .isEmpty();
    }

    @Test
    void aSecondBackupStoresNoData() throws Exception {
        User.Ended told = done(program.run("backup", "-r", repository, tree.toString()));
        assertThat(told.output().lines()).contains("nothing new to store");
        User.Ended counted = done(program.run("backup", "-r", repository, tree.toString(), "--json", "--no-progress"));
        assertThat(counted.output().strip())
                .contains("\"files_read\":0,", "\"bytes_read\":0,", "\"new_chunks\":0,", "\"new_bytes\":0,");
    }

    @Test
    void restoringOverAChangedTreeRepairsIt() throws Exception {
        restoreAll();
        damage(restored());
        assertThat(TreeComparison.of(bytes(tree), bytes(restored())).differences())
                .hasSizeGreaterThan(10);
        restoreAll();
        assertThat(TreeComparison.of(bytes(tree), bytes(restored())).differences())
                .containsExactly("names/single bytes/not in the snapshot: is new");
    }

    @Test
    void aDirectoryWithOtherFilesIsNotRemovedForAFile() throws Exception {
        restoreAll();
        Path inTheWay = restored().resolve("names/single bytes/a");
        Files.delete(inTheWay);
        Files.createDirectory(inTheWay);
        Files.writeString(inTheWay.resolve("mine"), "mine");
        User.Ended ended = program.run("restore", "-r", repository, "latest", "--target", target.toString());
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.errors()).contains(tree + "/names/single bytes/a: ");
        assertThat(inTheWay.resolve("mine")).hasContent("mine");
    }

    @Test
    void symlinksInTheWayAreNotFollowed() throws Exception {
        restoreAll();
        Path outside = Files.createDirectory(target.resolve("outside"));
        for (String name : List.of("times", "deep", "many")) {
            HostileTree.delete(bytes(restored().resolve(name)));
            Files.delete(restored().resolve(name));
            Files.createSymbolicLink(restored().resolve(name), outside);
        }
        restoreAll();
        assertThat(outside).isEmptyDirectory();
        assertThat(TreeComparison.of(bytes(tree), bytes(restored())).differences())
                .isEmpty();
    }

    @Test
    void aSubPathComesBackDirectlyBelowTheTarget() throws Exception {
        done(program.run("restore", "-r", repository, "latest:" + tree + "/hard links", "--target", target.toString()));
        Path part = tree.resolve("hard links");
        assertThat(TreeComparison.of(bytes(part), bytes(target)).differences()).isEmpty();
    }

    @Test
    void aSubPathMayBeAnyBytes() throws Exception {
        byte[] name = {(byte) 0xfe};
        byte[] path = joined(FileNames.of("latest:" + tree + "/names/directories/"), name);
        // Through a script: Java has to encode the arguments of a process by the locale of this one.
        Path script = folder.resolve("script");
        Files.write(
                script,
                joined(
                        bytes(Checkout.FOLDER + "/target/obnam/obnam restore -r " + repository + " --target " + target
                                + " '"),
                        joined(path, bytes("'\n"))));
        done(program.run(List.of("/bin/sh", script.toString())));
        assertThat(TreeComparison.of(joined(FileNames.of(tree + "/names/directories/"), name), bytes(target))
                        .differences())
                .isEmpty();
    }

    @Test
    void theRepositoryIsSound() throws Exception {
        done(program.run("check", "-r", repository, "--read-data"));
    }

    /// One change of each kind, in places where the tree has what can be changed so.
    private static void damage(Path copy) {
        FileSystem files = FileSystem.local();
        try (Directory top = files.open(bytes(copy));
                Directory names = top.openDirectory(bytes("names"));
                Directory bytes = names.openDirectory(bytes("single bytes"));
                Directory links = top.openDirectory(bytes("hard links"));
                Directory sparse = top.openDirectory(bytes("sparse"));
                Directory modes = top.openDirectory(bytes("modes"));
                Directory times = top.openDirectory(bytes("times"));
                Directory symlinks = top.openDirectory(bytes("symbolic links"));
                Directory attributes = top.openDirectory(bytes("attributes"));
                Directory flags = top.openDirectory(bytes("flags"))) {
            replaceEntries(bytes);
            breakLinks(links, symlinks);
            fillHoles(sparse);
            modes.setMode(bytes("file 0644"), 06777);
            modes.setMode(bytes("directory 0755"), 0700);
            times.setTimes(bytes("file 0.0"), Timestamp.OMIT, new Timestamp(77, 7));
            attributes.setExtendedAttribute(
                    bytes("empty value"), new ExtendedAttribute(bytes("user.more"), bytes("x")));
            attributes.removeExtendedAttribute(bytes("empty value"), bytes("user.empty"));
            flags.setFileFlags(bytes("file no dump"), 0);
            flags.setFileFlags(bytes("directory no dump"), FileFlags.NO_ACCESS_TIME);
            if (files.privileged()) {
                flags.setFileFlags(bytes("file immutable"), 0);
                flags.setMode(bytes("file immutable"), 0);
                flags.setFileFlags(bytes("file immutable"), FileFlags.IMMUTABLE);
                modes.setOwner(bytes("file 0644"), 77, 78);
            }
        }
    }

    /// Contents, length, and each kind of entry in the place of another.
    private static void replaceEntries(Directory directory) {
        try (OutputFile file = directory.openForUpdate(bytes("a"))) {
            file.write(0, bytes("b"), 0, 1);
        }
        try (OutputFile file = directory.openForUpdate(bytes("b"))) {
            file.truncate(2_000_000);
        }
        directory.remove(bytes("c"));
        directory.remove(bytes("d"));
        directory.makeDirectory(bytes("d"), 0).close();
        directory.remove(bytes("e"));
        directory.makeSymlink(bytes("e"), bytes("f"));
        directory.createFile(bytes("not in the snapshot"), 0600).close();
    }

    private static void breakLinks(Directory links, Directory symlinks) {
        links.remove(bytes("beside file"));
        links.createFile(bytes("beside file"), 0600).close();
        links.remove(bytes("symlink to a"));
        links.link(links, bytes("empty"), bytes("symlink to a"));
        symlinks.remove(bytes("to a directory"));
        symlinks.makeDirectory(bytes("to a directory"), 0700).close();
    }

    private static void fillHoles(Directory sparse) {
        try (OutputFile file = sparse.openForUpdate(bytes("only a hole"))) {
            byte[] zeros = new byte[3 << 20];
            file.write(0, zeros, 0, zeros.length);
        }
        try (OutputFile file = sparse.openForUpdate(bytes("hole first"))) {
            file.write(4_097, bytes("x"), 0, 1);
        }
    }

    private void restoreAll() throws Exception {
        done(program.run("restore", "-r", repository, "latest", "--target", target.toString()));
    }

    /// Where the tree is below the target.
    private Path restored() {
        return target.resolve(tree.getRoot().relativize(tree));
    }

    private static User.Ended done(User.Ended ended) {
        assertThat(ended.code()).as("exit code; errors: %s", ended.errors()).isZero();
        return ended;
    }

    private static byte[] bytes(Object text) {
        return FileNames.of(text.toString());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }
}
