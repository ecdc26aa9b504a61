package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import obnam.api.ChunkId;
import obnam.api.Hasher;
import obnam.api.Providers;
import org.junit.jupiter.api.Test;

/// What every [Hasher] promises. Extend it, name the provider, and run it as a JUnit test:
///
/// ```java
/// class MyHasherTest extends HasherContract {
///     @Override
///     protected Hasher.Provider provider() {
///         return new MyHasherProvider();
///     }
/// }
/// ```
///
/// The module under test has to `provide` the class; one test looks for it as the program does. That the ids are
/// those of the algorithm is for the provider's own tests, with published vectors.
///
/// Data are random. A failure names the seed; `-Dobnam.seed=SEED` repeats the run.
public abstract class HasherContract {

    private static final int LARGE = 256 << 10;

    private final long seed = Long.getLong("obnam.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final String replay = "repeat with -Dobnam.seed=" + seed;

    /// For subclasses.
    protected HasherContract() {}

    /// The provider under test; a new one or always the same.
    protected abstract Hasher.Provider provider();

    @Test
    void isFoundByItsName() {
        Hasher.Provider provider = provider();

        assertThat(provider.name()).matches("[a-z0-9-]{1,32}");
        assertThat(new Providers(List.of()).hasher(provider.name())).hasSameClassAs(provider);
    }

    @Test
    void isKeyed() {
        assertThat(provider().keyLength()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void anyPartsGiveTheIdOfTheirConcatenation() {
        Hasher hasher = hasher(key());
        for (int length : new int[] {0, 1, 63, 64, 65, 100, 4096, LARGE}) {
            byte[] data = data(length);
            ChunkId expected = hasher.hash(data, 0, length);

            for (int i = 0; i < 20; i++) {
                assertThat(hasher.hash(parts(data))).as(replay).isEqualTo(expected);
            }
        }
    }

    @Test
    void aRangeOfAnArrayHasTheIdOfItsBytes() {
        Hasher hasher = hasher(key());
        byte[] data = data(1000);
        int from = random.nextInt(400);
        byte[] range = Arrays.copyOfRange(data, from, from + 500);

        assertThat(hasher.hash(data, from, 500)).as(replay).isEqualTo(hasher.hash(range, 0, 500));
    }

    @Test
    void nothingAtAllHasAnId() {
        Hasher hasher = hasher(key());
        ChunkId empty = hasher.hash();

        assertThat(hasher.hash(new byte[0], 0, 0)).as(replay).isEqualTo(empty);
        assertThat(hasher.hash(ByteBuffer.allocate(0), ByteBuffer.allocateDirect(0)))
                .as(replay)
                .isEqualTo(empty);
        assertThat(hasher.hash(new byte[1], 0, 1)).as(replay).isNotEqualTo(empty);
    }

    @Test
    void buffersKeepTheirBytesPositionsAndLimits() {
        byte[] data = data(5000);
        byte[] copy = data.clone();
        ByteBuffer heap = ByteBuffer.wrap(data).position(7).limit(3000);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(5000).put(data).position(3000).limit(4999);
        hasher(key()).hash(heap, direct);

        assertThat(heap).isEqualTo(ByteBuffer.wrap(copy, 7, 2993));
        assertThat(direct).isEqualTo(ByteBuffer.wrap(copy, 3000, 1999));
        assertThat(List.of(heap.position(), heap.limit(), direct.position(), direct.limit()))
                .containsExactly(7, 3000, 3000, 4999);
        assertThat(Arrays.equals(data, copy)).as(replay).isTrue();
    }

    @Test
    void everyFlippedBitGivesAnotherId() {
        Hasher hasher = hasher(key());
        byte[] data = data(100);
        ChunkId id = hasher.hash(data, 0, data.length);
        for (int bit = 0; bit < 8 * data.length; bit++) {
            data[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(hasher.hash(data, 0, data.length)).as(replay).isNotEqualTo(id);
            data[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void everyFlippedBitOfTheKeyGivesAnotherId() {
        byte[] data = data(100);
        byte[] key = key();
        ChunkId id = hasher(key).hash(data, 0, data.length);

        assertThat(hasher(key).hash(data, 0, data.length)).as(replay).isEqualTo(id);
        for (int bit = 0; bit < 8 * key.length; bit++) {
            byte[] other = key.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(hasher(other).hash(data, 0, data.length)).as(replay).isNotEqualTo(id);
        }
    }

    @Test
    void theKeyIsCopied() {
        byte[] data = data(100);
        byte[] key = key();
        Hasher hasher = hasher(key);
        ChunkId id = hasher(key.clone()).hash(data, 0, data.length);

        Arrays.fill(key, (byte) 0);

        assertThat(hasher.hash(data, 0, data.length)).as(replay).isEqualTo(id);
    }

    @Test
    void aRefusedCallDoesNotSpoilTheNext() {
        Hasher hasher = hasher(key());
        byte[] data = data(100);
        ChunkId id = hasher.hash(data, 0, data.length);

        assertThatThrownBy(() -> hasher.hash(data, 50, 51)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> hasher.hash(data, -1, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(hasher.hash(data, 0, data.length)).as(replay).isEqualTo(id);
    }

    @Test
    void eightThreadsShareOneHasher() throws Exception {
        Hasher hasher = hasher(key());
        List<byte[]> chunks = IntStream.range(0, 200)
                .mapToObj(i -> data(random.nextInt(20_000)))
                .toList();
        List<ChunkId> expected = ids(hasher, chunks);
        List<Future<List<ChunkId>>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> ids(hasher, chunks)));
            }
        }

        for (Future<List<ChunkId>> result : results) {
            assertThat(result.get()).as(replay).isEqualTo(expected);
        }
    }

    private static List<ChunkId> ids(Hasher hasher, List<byte[]> chunks) {
        return chunks.stream().map(chunk -> hasher.hash(chunk, 0, chunk.length)).toList();
    }

    private Hasher hasher(byte[] key) {
        return provider().create(key);
    }

    private byte[] key() {
        return data(provider().keyLength());
    }

    private byte[] data(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return data;
    }

    /// The data in one to nine pieces of all kinds of buffers; some pieces are empty.
    private ByteBuffer[] parts(byte[] data) {
        int count = 1 + random.nextInt(9);
        int[] bounds = new int[count + 1];
        for (int i = 1; i < count; i++) {
            bounds[i] = random.nextInt(data.length + 1);
        }
        bounds[count] = data.length;
        Arrays.sort(bounds);
        return IntStream.range(0, count)
                .mapToObj(i -> part(data, bounds[i], bounds[i + 1] - bounds[i]))
                .toArray(ByteBuffer[]::new);
    }

    private ByteBuffer part(byte[] data, int from, int length) {
        return switch (random.nextInt(4)) {
            case 0 -> ByteBuffer.wrap(data, from, length);
            case 1 -> ByteBuffer.wrap(data, from, length).slice();
            case 2 -> ByteBuffer.wrap(data, from, length).asReadOnlyBuffer();
            default ->
                ByteBuffer.allocateDirect(length + 3)
                        .position(3)
                        .put(data, from, length)
                        .position(3);
        };
    }
}
