import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;
import obnam.api.Hasher;
import obnam.api.Providers;

/// Prints what one core does of the two stages that a re-scan of unchanged data cannot do without, in bytes a second:
/// the hash of chunk ids and the search for cuts (the faster of its two ways). `bench/stages` measures the same with
/// more care; this takes some seconds, so that a limit can be named beside every run.
///
///     java -p target/obnam/lib/mods --add-modules ALL-MODULE-PATH bench/Rates.java
final class Rates {

    private static final int BYTES = 64 << 20;
    private static final ChunkSizes SIZES = new ChunkSizes(16 << 10, 64 << 10, 256 << 10);
    private static final int CHUNK = SIZES.normal();
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final int ROUNDS = 15;

    private Rates() {}

    public static void main(String[] arguments) {
        Providers providers = new Providers(List.of());
        byte[] data = new byte[BYTES];
        new SplittableRandom(1).nextBytes(data);
        Hasher hasher = providers.hasher("hmac-sha-256").create(new byte[32]);
        Chunker chunker = providers.chunker("gear").create(new byte[32], SIZES);
        double cut = rate(() -> cut(chunker, data));
        double candidates = rate(() -> candidates(chunker, data));
        System.out.printf("hash %.0f%n", rate(() -> hash(hasher, data)));
        System.out.printf("chunk %.0f%n", Math.max(cut, candidates));
    }

    /// The best of several passes: what the core can do, where others may have disturbed some.
    private static double rate(LongSupplier pass) {
        long end = System.nanoTime() + WARM_UP_NANOS;
        long checksum = 0;
        while (System.nanoTime() < end) {
            checksum += pass.getAsLong();
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            checksum += pass.getAsLong();
            best = Math.min(best, System.nanoTime() - begin);
        }
        if (checksum == 0) { // also keeps the work from being optimised away
            throw new IllegalStateException("nothing was done");
        }
        return BYTES * 1e9 / best;
    }

    private static long hash(Hasher hasher, byte[] data) {
        long sum = 0;
        for (int at = 0; at < data.length; at += CHUNK) {
            sum += hasher.hash(data, at, CHUNK).first();
        }
        return sum;
    }

    private static long cut(Chunker chunker, byte[] data) {
        int chunks = 0;
        for (int at = 0; at < data.length; chunks++) {
            at = chunker.cut(data, at, data.length);
        }
        return chunks;
    }

    private static long candidates(Chunker chunker, byte[] data) {
        CutCandidates found = new CutCandidates();
        chunker.candidates(data, 0, data.length, found);
        return found.size();
    }
}
