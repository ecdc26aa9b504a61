package obnam.testkit;

import java.util.List;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileNames;
import obnam.posix.FileType;

/// Hard links, symbolic links, and files that are none: FIFOs, sockets, device nodes.
final class HostileLinks {

    private HostileLinks() {}

    /// Groups within a directory and across directories; the first name in byte order is not the first made.
    static void hard(Ground ground) {
        ground.within(
                "a",
                a -> ground.within("z", z -> {
                    linkedFile(ground, "file");
                    twice(ground, a, z, "file");
                    ground.symlink(FileNames.of("symlink"), FileNames.of("does not exist"));
                    twice(ground, a, z, "symlink");
                    ground.node(FileNames.of("fifo"), FileType.FIFO, 0640, 0, 0);
                    twice(ground, a, z, "fifo");
                    ground.file(FileNames.of("empty"), new byte[0]);
                    twice(ground, a, z, "empty");
                    ground.file(FileNames.of("sparse"), file -> file.truncate(1 << 20));
                    twice(ground, a, z, "sparse");
                    // Equal contents, and yet not linked.
                    a.file("not linked");
                    z.file("not linked");
                    if (ground.privileged() && device(ground, "device", FileType.CHARACTER_DEVICE, 1, 3)) {
                        twice(ground, a, z, "device");
                    }
                }));
        // A symlink in the place of a name of the group would be followed by a careless restore.
        ground.symlink(FileNames.of("symlink to a"), FileNames.of("a"));
    }

    private static void linkedFile(Ground ground, String name) {
        byte[] bytes = FileNames.of(name);
        ground.file(bytes, bytes);
        ground.directory().setMode(bytes, 04751);
        ground.attempt(
                "attribute of a linked file",
                () -> ground.directory()
                        .setExtendedAttribute(bytes, new ExtendedAttribute(FileNames.of("user.linked"), bytes)));
    }

    private static void twice(Ground ground, Ground a, Ground z, String name) {
        byte[] from = FileNames.of(name);
        ground.attempt("hard links of a " + name, () -> {
            a.directory().link(ground.directory(), from, FileNames.of("first " + name));
            z.directory().link(ground.directory(), from, FileNames.of("last " + name));
            ground.directory().link(ground.directory(), from, FileNames.of("beside " + name));
        });
    }

    static void symbolic(Ground ground) {
        List<String> targets = List.of(
                "does not exist",
                ".",
                "..",
                "/",
                "/etc/passwd",
                "/nowhere/at/all",
                "../../../../../../../etc",
                "a//b/./c/",
                "line\nbreak",
                "\u001b[2J",
                "photo\u202egnp",
                " ",
                "-rf",
                "x".repeat(4_000));
        for (int i = 0; i < targets.size(); i++) {
            ground.symlink(FileNames.of("target " + i), FileNames.of(targets.get(i)));
        }
        link(ground, "itself", FileNames.of("itself"));
        link(ground, "one of two", FileNames.of("two of two"));
        link(ground, "two of two", FileNames.of("one of two"));
        link(ground, "invalid", new byte[] {(byte) 0xff, '/', (byte) 0xc0, (byte) 0xaf});
        byte[] all = new byte[255];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i + 1);
        }
        link(ground, "all bytes", all);
        ground.within("directory", inner -> inner.file("in it"));
        link(ground, "to a directory", FileNames.of("directory"));
        link(ground, "to a directory, with a slash", FileNames.of("directory/"));
    }

    private static void link(Ground ground, String name, byte[] target) {
        ground.symlink(FileNames.of(name), target);
    }

    static void nodes(Ground ground) {
        ground.node(FileNames.of("fifo"), FileType.FIFO, 0600, 0, 0);
        ground.node(FileNames.of("fifo\n"), FileType.FIFO, 0666, 0, 0);
        ground.attempt("socket", () -> ground.node(FileNames.of("socket"), FileType.SOCKET, 0755, 0, 0));
        if (!ground.privileged()) {
            ground.leftOut().add("device nodes: not the superuser");
            return;
        }
        device(ground, "null", FileType.CHARACTER_DEVICE, 1, 3);
        device(ground, "block", FileType.BLOCK_DEVICE, 259, 70_000);
        device(ground, "largest number", FileType.CHARACTER_DEVICE, 4095, (1 << 20) - 1);
        // What overlay file systems leave where a file was removed.
        device(ground, "whiteout", FileType.CHARACTER_DEVICE, 0, 0);
    }

    private static boolean device(Ground ground, String name, FileType type, int major, int minor) {
        byte[] bytes = FileNames.of(name);
        return ground.attempt("device node " + name, () -> ground.node(bytes, type, 0600, major, minor));
    }
}
