package obnam.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;
import obnam.posix.FileNames;

/// Contents and shapes: sizes around every edge a program may have, holes, many entries, great depth, long paths.
final class HostileContents {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    /// Some chunker's, block's, buffer's or pack's edge each.
    private static final int[] EDGES = {
        1, 64, 4 * KIB, 16 * KIB, 64 * KIB, 128 * KIB, 256 * KIB, MIB, 2 * MIB, 4 * MIB, 8 * MIB
    };

    private static final int LARGEST = 20 * MIB;

    private final HostileTree.Size size;

    HostileContents(HostileTree.Size size) {
        this.size = size;
    }

    void edges(Ground ground) {
        for (int edge : EDGES) {
            for (int length = edge - 1; length <= edge + 1; length++) {
                if (length <= size.largestFile()) {
                    ground.file(
                            FileNames.of(edge + (length < edge ? " less 1" : length > edge ? " and 1" : "")),
                            random(length));
                }
            }
        }
        int large = Math.min(LARGEST, size.largestFile());
        ground.file(FileNames.of("large random"), random(large));
        ground.file(FileNames.of("large random again"), random(large));
        ground.file(FileNames.of("large compressible"), compressible(large));
        ground.file(FileNames.of("zeros that are no hole"), new byte[Math.min(large, 3 * MIB)]);
        byte[] shifted = new byte[large];
        System.arraycopy(random(large), 0, shifted, 1, large - 1);
        ground.file(FileNames.of("large random shifted"), shifted);
        ground.within("empty directory", empty -> {});
    }

    void sparse(Ground ground) {
        long huge = size.sparseFile();
        byte[] data = random(256 * KIB);
        holes(ground, "huge", huge, data, huge / 7 * 2 + 5, huge / 2, huge / 2 + 3 * MIB, huge / 4 * 3 - 1);
        holes(ground, "only a hole", 3 * MIB);
        holes(ground, "hole first", 2 * MIB, data, 2 * MIB - data.length);
        holes(ground, "hole last", 2 * MIB, data, 0);
        holes(ground, "hole between", 3 * MIB, data, 0, 3 * MIB - data.length);
        holes(ground, "small", 12 * KIB, random(100), 8 * KIB);
        holes(ground, "hole that ends the file by one byte", MIB + 1, random(1), MIB);
        holes(ground, "hole of one byte at the end", 64 * KIB + 1, random(64 * KIB), 0);
        ground.file(FileNames.of("punched"), file -> {
            byte[] all = random(MIB);
            file.write(0, all, 0, all.length);
            ground.attempt("punched hole", () -> file.punchHole(256 * KIB + 1, 512 * KIB));
        });
    }

    private static void holes(Ground ground, String name, long length, byte[] data, long... positions) {
        ground.file(FileNames.of(name), file -> {
            file.truncate(length);
            for (long position : positions) {
                file.write(position, data, 0, data.length);
            }
        });
    }

    private static void holes(Ground ground, String name, long length) {
        holes(ground, name, length, new byte[0]);
    }

    /// One directory. Most contents differ, some come again, some are empty.
    void many(Ground ground) {
        for (int i = 0; i < size.files(); i++) {
            byte[] content = i % 100 == 0 ? new byte[0] : FileNames.of("file " + (i % 1000 == 1 ? 1 : i) + "\n");
            ground.file(FileNames.of("%x-%d".formatted(i * 0x9e37_79b9, i)), content);
        }
    }

    void deep(Ground ground) {
        nest(ground, FileNames.of("d"), size.depth());
    }

    /// A path that no system call takes in one piece.
    void longPath(Ground ground) {
        nest(ground, HostileNames.filled('l'), 20);
    }

    /// Keeps one directory open, not all: there may be more levels than descriptors.
    private static void nest(Ground ground, byte[] name, int levels) {
        Ground at = ground.make(name);
        for (int level = 1; level < levels; level++) {
            Ground next = at.make(name);
            at.finish();
            at = next;
        }
        at.file("bottom");
        at.finish();
    }

    /// The same bytes for the same length.
    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new SplittableRandom(length).nextBytes(content);
        return content;
    }

    private static byte[] compressible(int length) {
        byte[] content = new byte[length];
        SplittableRandom random = new SplittableRandom(length);
        for (int from = 0; from < length; ) {
            int to = Math.min(length, from + 1 + random.nextInt(200));
            Arrays.fill(content, from, to, (byte) random.nextInt(4));
            from = to;
        }
        return content;
    }
}
