import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Makes and changes what the benchmarks back up. The same arguments always give the same bytes.
///
///     java Corpora.java small-files DIR DIRECTORIES FILES SEED   text of 0 to 4,095 bytes in each file
///     java Corpora.java database FILE BYTES SEED                 pages of 8 KiB with sorted keys, text and binary values
///     java Corpora.java random DIR FILES BYTES SEED              files of random bytes
///     java Corpora.java change-pages FILE PAGES SEED UNDO        a new entry at the front of that many pages of 8 KiB
///     java Corpora.java undo FILE UNDO                           takes change-pages back
///     java Corpora.java insert FROM TO INSERTIONS SEED           a copy with insertions of 1 to 4,096 bytes
final class Corpora {

    private static final int PAGE = 8192;

    private Corpora() {}

    public static void main(String[] arguments) throws IOException {
        String[] a = arguments;
        switch (a.length == 0 ? "" : a[0]) {
            case "small-files" -> smallFiles(Path.of(a[1]), number(a[2]), number(a[3]), seeded(a[4]));
            case "database" -> database(Path.of(a[1]), Long.parseLong(a[2]), seeded(a[3]));
            case "random" -> random(Path.of(a[1]), number(a[2]), number(a[3]), seeded(a[4]));
            case "change-pages" -> changePages(Path.of(a[1]), number(a[2]), seeded(a[3]), Path.of(a[4]));
            case "undo" -> undo(Path.of(a[1]), Path.of(a[2]));
            case "insert" -> insert(Path.of(a[1]), Path.of(a[2]), number(a[3]), seeded(a[4]));
            default -> throw new IllegalArgumentException("see the head of Corpora.java: " + Arrays.toString(a));
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static SplittableRandom seeded(String seed) {
        return new SplittableRandom(Long.parseLong(seed));
    }

    /// Made-up words; the first are used most, as in a language.
    private record Words(byte[][] words) {

        static Words make(SplittableRandom random) {
            byte[][] words = new byte[4096][];
            for (int i = 0; i < words.length; i++) {
                int letters = 2 + random.nextInt(9);
                StringBuilder word = new StringBuilder();
                random.ints(letters, 'a', 'z' + 1).forEach(word::appendCodePoint);
                words[i] = word.append(' ').toString().getBytes(StandardCharsets.US_ASCII);
            }
            return new Words(words);
        }

        void fill(ByteBuffer target, SplittableRandom random) {
            while (target.hasRemaining()) {
                byte[] word = words[random.nextInt(1 + random.nextInt(words.length))];
                target.put(word, 0, Math.min(word.length, target.remaining()));
            }
        }
    }

    private static void smallFiles(Path root, int directories, int files, SplittableRandom random) throws IOException {
        Words words = Words.make(random);
        for (int d = 0; d < directories; d++) {
            Path directory = root.resolve("%03d/%02d".formatted(d / 100, d % 100));
            Files.createDirectories(directory);
            for (int f = 0; f < files; f++) {
                ByteBuffer text = ByteBuffer.allocate(random.nextInt(4096));
                words.fill(text, random);
                Files.write(directory.resolve("f%04d.txt".formatted(f)), text.array());
            }
        }
    }

    /// Pages as those of a mail program's index: counters, addresses, subjects, and a fifth that does not compress.
    private static void database(Path file, long bytes, SplittableRandom random) throws IOException {
        Words words = Words.make(random);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer pages = ByteBuffer.allocate(128 * PAGE);
            long key = 0;
            for (long written = 0; written < bytes; written += pages.limit()) {
                pages.clear().limit((int) Math.min(pages.capacity(), bytes - written));
                while (pages.remaining() >= 256) {
                    key += 1 + random.nextInt(7);
                    byte[] digest = new byte[48];
                    random.nextBytes(digest);
                    pages.putLong(key).putInt(random.nextInt(1 << 20)).put(digest);
                    words.fill(pages.slice(pages.position(), 196), random);
                    pages.position(pages.position() + 196);
                }
                words.fill(pages, random);
                write(out, pages.flip());
            }
        }
    }

    private static void random(Path root, int files, int bytes, SplittableRandom random) throws IOException {
        Files.createDirectories(root);
        byte[] content = new byte[bytes];
        for (int f = 0; f < files; f++) {
            random.nextBytes(content);
            Files.write(root.resolve("f%04d.bin".formatted(f)), content);
        }
    }

    /// The old pages are all in the undo file before the first is changed, so an interrupted change can be undone.
    private static void changePages(Path file, int count, SplittableRandom random, Path undo) throws IOException {
        Set<Long> pages = new TreeSet<>();
        long all = Files.size(file) / PAGE;
        while (pages.size() < count) {
            pages.add(random.nextLong(all));
        }
        try (RandomAccessFile live = new RandomAccessFile(file.toFile(), "rw")) {
            Path unfinished = Path.of(undo + ".new");
            try (DataOutputStream kept = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                kept.writeInt(count);
                for (long page : pages) {
                    kept.writeLong(page);
                    kept.write(read(live, page));
                }
            }
            Files.move(unfinished, undo);
            for (long page : pages) {
                byte[] old = read(live, page);
                byte[] entry = new byte[64 + random.nextInt(512)];
                random.nextBytes(entry);
                live.seek(page * PAGE);
                live.write(ByteBuffer.allocate(PAGE).put(entry).put(old, 0, PAGE - entry.length).array());
            }
        }
    }

    private static byte[] read(RandomAccessFile file, long page) throws IOException {
        byte[] bytes = new byte[PAGE];
        file.seek(page * PAGE);
        file.readFully(bytes);
        return bytes;
    }

    private static void undo(Path file, Path undo) throws IOException {
        try (RandomAccessFile live = new RandomAccessFile(file.toFile(), "rw");
                DataInputStream kept = new DataInputStream(new BufferedInputStream(Files.newInputStream(undo)))) {
            int count = kept.readInt();
            for (int i = 0; i < count; i++) {
                live.seek(kept.readLong() * PAGE);
                live.write(kept.readNBytes(PAGE));
            }
        }
        Files.delete(undo);
    }

    private static void insert(Path from, Path to, int count, SplittableRandom random) throws IOException {
        long[] places = random.longs(count, 0, Files.size(from)).sorted().toArray();
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long position = 0;
            for (long place : places) {
                copy(in, position, place, out);
                position = place;
                byte[] inserted = new byte[1 + random.nextInt(4096)];
                random.nextBytes(inserted);
                write(out, ByteBuffer.wrap(inserted));
            }
            copy(in, position, in.size(), out);
        }
    }

    private static void copy(FileChannel in, long from, long to, FileChannel out) throws IOException {
        for (long position = from; position < to; ) {
            position += in.transferTo(position, to - position, out);
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
