package obnam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import obnam.api.ChunkId;
import obnam.engine.index.ChunkIndex;
import obnam.engine.index.SyntheticIndex;

/// What an index of many chunks costs: `write DIRECTORY CHUNKS` makes its cached segments, `measure DIRECTORY CHUNKS`
/// opens them as a run of the program does and asks. Two processes, so that the second has the memory of a run.
///
/// `measure` prints lines of a name and a number.
final class IndexGrowth {

    private static final int LOOKUPS = 1_000_000;

    private IndexGrowth() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        SyntheticIndex synthetic = new SyntheticIndex(Long.parseLong(arguments[2]));
        switch (arguments[0]) {
            case "write" -> synthetic.write(directory);
            case "measure" -> measure(synthetic, directory);
            default -> throw new IllegalArgumentException("write or measure, not " + arguments[0]);
        }
    }

    private static void measure(SyntheticIndex synthetic, Path directory) throws IOException {
        long begin = System.nanoTime();
        ChunkIndex index = synthetic.open(directory);
        print("open_s", (System.nanoTime() - begin) / 1e9);
        print("first_lookups_s", seconds(index, synthetic, synthetic::id, true));
        print("known_s", seconds(index, synthetic, synthetic::id, true));
        print("absent_s", seconds(index, synthetic, synthetic::absent, false));
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:") || line.startsWith("RssAnon:")) {
                String[] words = line.split("[:\\s]+", 0);
                print(words[0].equals("VmHWM") ? "peak_mib" : "anonymous_mib", Double.parseDouble(words[1]) / 1024);
            }
        }
    }

    private static void print(String name, double value) {
        System.out.printf("%s %.4f%n", name, value);
    }

    /// Time of a million look-ups of random chunks.
    private static double seconds(
            ChunkIndex index, SyntheticIndex synthetic, LongFunction<ChunkId> question, boolean expected) {
        SplittableRandom random = new SplittableRandom(1);
        long begin = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            if (index.contains(question.apply(random.nextLong(synthetic.chunks()))) != expected) {
                throw new IllegalStateException("the index gave a wrong answer");
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
