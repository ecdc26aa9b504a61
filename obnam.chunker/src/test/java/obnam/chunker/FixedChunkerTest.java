package obnam.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import obnam.api.ChunkSizes;
import obnam.api.UsageException;
import org.junit.jupiter.api.Test;

/// The cuts that every version must make, calculated with `src/test/reference/gear.py`.
class FixedChunkerTest {

    private static final byte[] NO_KEY = {};

    @Test
    void cutsAtTheWrittenPositions() throws Exception {
        List<Integer> cuts = Vectors.cuts(
                new FixedChunkerProvider().create(NO_KEY, new ChunkSizes(100_000, 100_000, 100_000)),
                Vectors.data(1 << 20));

        assertThat(cuts)
                .containsExactly(
                        100000, 200000, 300000, 400000, 500000, 600000, 700000, 800000, 900000, 1000000, 1048576);
        assertThat(Vectors.digest(cuts)).isEqualTo("384d60fb697ce70f8539252e5021e237e92b0b71a69de93f969d24acf2476b31");
    }

    @Test
    void refusesSizesThatDiffer() {
        assertThatThrownBy(() -> new FixedChunkerProvider().create(NO_KEY, new ChunkSizes(64, 64, 65)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one size only");
    }

    @Test
    void refusesAKey() {
        assertThatThrownBy(() -> new FixedChunkerProvider().create(new byte[1], new ChunkSizes(64, 64, 64)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
