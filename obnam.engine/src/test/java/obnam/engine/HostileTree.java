package obnam.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileFlags;
import obnam.posix.FileSystem;
import obnam.posix.FileType;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;
import obnam.posix.Timestamp;

/// Makes a directory with everything in it that is hard to keep, as far as this process may.
public final class HostileTree {

    private static final byte[] ITSELF = {};

    private final Random random;

    private HostileTree(long seed) {
        this.random = new Random(seed);
    }

    /// Makes it.
    public static void make(Path path, long seed) {
        byte[] name = bytes(path.getFileName().toString());
        try (Directory parent = FileSystem.local().open(TestRepository.bytes(path.getParent()));
                Directory directory = parent.makeDirectory(name, 0755)) {
            new HostileTree(seed).fill(directory);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void fill(Directory directory) {
        names(directory);
        files(directory);
        links(directory);
        specials(directory);
        try (Directory below = directory.makeDirectory(bytes("below"), 0755)) {
            files(below);
            below.link(directory, bytes("linked"), bytes("also linked"));
            attempt(() -> below.setExtendedAttribute(ITSELF, attribute("user.note")));
            below.setMode(ITSELF, 01751);
            below.setTimes(ITSELF, Timestamp.OMIT, new Timestamp(-86_400, 5));
        }
        try (Directory closed = directory.makeDirectory(bytes("closed"), 0755)) {
            file(closed, "inside", 10);
            closed.setMode(ITSELF, 0500);
        }
        directory.setTimes(ITSELF, Timestamp.OMIT, new Timestamp(1_000_000_000, 123_456_789));
    }

    private void names(Directory directory) {
        file(directory, "new\nline", 1);
        file(directory, "\u001b[31mred", 1);
        file(directory, "\u00ff\u00fe not UTF-8", 1);
        file(directory, "*", 1);
        file(directory, "-rf", 1);
        file(directory, " ", 1);
        file(directory, "n".repeat(255), 1);
        directory.makeDirectory(bytes("..."), 0755).close();
    }

    private void files(Directory directory) {
        for (int size : new int[] {0, 1, 4095, 4096, 4097, 100_000, 1_000_000}) {
            file(directory, "size " + size, size);
        }
        try (OutputFile sparse = directory.createFile(bytes("sparse"), 0600)) {
            sparse.write(3 << 20, new byte[] {1, 2, 3}, 0, 3);
            sparse.truncate(8 << 20);
        }
        try (OutputFile hole = directory.createFile(bytes("only a hole"), 0600)) {
            hole.truncate(1 << 20);
        }
        try (OutputFile file = directory.createFile(bytes("metadata"), 0600)) {
            attempt(() -> file.setOwner(12_345, 54_321));
            attempt(() -> file.setExtendedAttribute(attribute("user.one")));
            attempt(() -> file.setExtendedAttribute(attribute("user.two")));
            attempt(() -> file.setExtendedAttribute(attribute("trusted.three")));
            file.setMode(06755);
            file.setTimes(Timestamp.OMIT, new Timestamp(4_000_000_000L, 999_999_999));
            attempt(() -> file.setFileFlags(FileFlags.NO_DUMP));
        }
    }

    private void file(Directory directory, String name, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        try (OutputFile file = directory.createFile(bytes(name), 0644)) {
            file.write(0, content, 0, size);
            file.setTimes(Timestamp.OMIT, new Timestamp(random.nextInt(), random.nextInt(1_000_000_000)));
        }
    }

    private void links(Directory directory) {
        file(directory, "linked", 50_000);
        directory.link(directory, bytes("linked"), bytes("linked too"));
        directory.makeSymlink(bytes("symlink"), bytes("/nowhere/\n\u00ff"));
        directory.setTimes(bytes("symlink"), Timestamp.OMIT, new Timestamp(7, 8));
        attempt(() -> directory.setOwner(bytes("symlink"), 11, 12));
        directory.link(directory, bytes("symlink"), bytes("symlink too"));
        directory.makeSymlink(bytes("to a directory"), bytes("below"));
    }

    private static void specials(Directory directory) {
        directory.makeNode(bytes("fifo"), FileType.FIFO, 0640, 0, 0);
        directory.link(directory, bytes("fifo"), bytes("fifo too"));
        directory.makeNode(bytes("socket"), FileType.SOCKET, 0600, 0, 0);
        attempt(() -> directory.makeNode(bytes("block"), FileType.BLOCK_DEVICE, 0600, 259, 70_000));
        attempt(() -> directory.makeNode(bytes("character"), FileType.CHARACTER_DEVICE, 0600, 1, 3));
    }

    private static ExtendedAttribute attribute(String name) {
        return new ExtendedAttribute(bytes(name), bytes("value of " + name + "\0"));
    }

    /// Does what only some file systems and users may.
    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (PosixException e) {
            if (!e.isPermission() && !e.isNotSupported()) {
                throw e;
            }
        }
    }
}
