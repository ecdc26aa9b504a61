package obnam.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;
import org.junit.jupiter.api.Test;

/// The cuts that every version must make, calculated with `src/test/reference/gear.py`.
class GearChunkerTest {

    @Test
    void theTableIsDerivedAsWritten() {
        long[] table = GearTable.derive(Vectors.key());

        assertThat(table).hasSize(256);
        assertThat(table[0]).isEqualTo(0x332f2fe01fcad178L);
        assertThat(table[1]).isEqualTo(0x2482d5af49d2def5L);
        assertThat(table[255]).isEqualTo(0xe4eddb82c272a9ccL);
    }

    @Test
    void cutsEightMebibytesAtTheWrittenPositions() throws Exception {
        List<Integer> cuts = Vectors.cuts(gear(16 << 10, 64 << 10, 256 << 10), Vectors.data(8 << 20));

        assertThat(cuts)
                .hasSize(118)
                .startsWith(92343, 182211, 258476, 335394, 412662, 506695, 573460, 668529, 737200, 817654, 889800);
        assertThat(Vectors.digest(cuts)).isEqualTo("0a4a926c51f63061904abbbb5204afd292303caee1e64b73971b182be0ff2761");
    }

    @Test
    void cutsWithANormalSizeThatIsNoPowerOfTwo() throws Exception {
        List<Integer> cuts = Vectors.cuts(gear(1000, 3000, 9000), Vectors.data(1 << 20));

        assertThat(cuts).hasSize(334).startsWith(3222, 6067, 9433, 13598, 16962, 20497, 24099, 28413, 31077, 34498);
        assertThat(Vectors.digest(cuts)).isEqualTo("47a81e2de76b6864a157034938654a98c45fc682fc80776e2a70bd344c25ba92");
    }

    @Test
    void cutsWithTheSmallestSizes() throws Exception {
        List<Integer> cuts = Vectors.cuts(gear(64, 64, 256), Vectors.data(64 << 10));

        assertThat(cuts).hasSize(823).startsWith(68, 143, 231, 345, 433, 515, 581, 650, 743, 816, 882, 959);
        assertThat(Vectors.digest(cuts)).isEqualTo("a7d2d5c03516b26c1540868f514fd6151bfc030d5ef44448aa674da63059e24b");
    }

    @Test
    void cutsZerosAtTheMaximum() {
        assertThat(Vectors.cuts(gear(16 << 10, 64 << 10, 256 << 10), new byte[1 << 20]))
                .containsExactly(262144, 524288, 786432, 1048576);
    }

    @Test
    void takesTheLargestSizes() {
        int largest = ChunkSizes.LARGEST;
        byte[] data = Vectors.data(2 * largest);

        assertThat(Vectors.cuts(gear(largest, largest, largest), data)).containsExactly(largest, 2 * largest);
    }

    @Test
    void candidatesAreThePositionsWhoseHashHasZerosOnTop() {
        byte[] data = Vectors.data(256 << 10);
        long[] table = GearTable.derive(Vectors.key());
        CutCandidates found = new CutCandidates();
        gear(64, 1024, 4096).candidates(data, 1001, data.length - 2, found);

        for (int position = 1002; position <= data.length - 2; position++) {
            long hash = 0;
            for (int age = 0; age < 64; age++) {
                hash += table[data[position - 1 - age] & 0xff] << age;
            }
            if (hash >>> (64 - 8) == 0) {
                assertThat(found.position()).isEqualTo(position);
                assertThat(found.strict()).isEqualTo(hash >>> (64 - 12) == 0);
                found.advance();
            }
        }
        assertThat(found.hasNext()).isFalse();
        assertThat(found.size()).isGreaterThan(900);
    }

    @Test
    void aRangeThatIsAllCandidatesIsSearchedToItsEnd() {
        // With a table of zeros every hash is zero.
        Chunker chunker = new GearChunker(new long[256], new ChunkSizes(64, 128, 256));
        CutCandidates found = new CutCandidates();
        chunker.candidates(new byte[1000], 64, 999, found);

        assertThat(found.size()).isEqualTo(935);
        assertThat(found.strict()).isTrue();
        assertThat(chunker.cut(new byte[1000], 0, 1000)).isEqualTo(64);
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new GearChunkerProvider().create(new byte[16], new ChunkSizes(64, 64, 64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void refusesARangeOutsideTheData() {
        Chunker chunker = gear(64, 128, 256);
        byte[] data = new byte[1000];

        assertThatThrownBy(() -> chunker.cut(data, 900, 1001)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> chunker.candidates(data, 10, 1001, new CutCandidates()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Chunker gear(int minimum, int normal, int maximum) {
        return new GearChunkerProvider().create(Vectors.key(), new ChunkSizes(minimum, normal, maximum));
    }
}
