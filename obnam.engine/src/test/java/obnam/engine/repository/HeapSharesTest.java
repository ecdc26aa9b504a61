package obnam.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSharesTest {

    private static HeapShares shares(long mebibytes, int threads) {
        return new HeapShares(mebibytes << 20, threads);
    }

    /// What Java says of the heap for the least limit, for the default, and for limits of 512 MiB and 1 GiB.
    @ParameterizedTest
    @CsvSource({"121, 2, 3, 15, 2", "248, 6, 9, 32, 4", "370, 12, 15, 32, 4", "864, 32, 32, 32, 4"})
    void theHeapDecidesHowManyOf32ThreadsWork(long heap, int backup, int check, int restore, int packs) {
        HeapShares shares = shares(heap, 32);
        assertThat(shares.backupThreads()).isEqualTo(backup);
        assertThat(shares.checkThreads()).isEqualTo(check);
        assertThat(shares.restoreThreads()).isEqualTo(restore);
        assertThat(shares.packs()).isEqualTo(packs);
    }

    @Test
    void noMoreThreadsWorkThanAreWanted() {
        HeapShares shares = shares(4096, 3);
        assertThat(shares.backupThreads()).isEqualTo(3);
        assertThat(shares.checkThreads()).isEqualTo(3);
        assertThat(shares.restoreThreads()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 64})
    void oneThreadWorksOnTheSmallestHeap(long heap) {
        HeapShares shares = shares(heap, 8);
        assertThat(shares.backupThreads()).isEqualTo(1);
        assertThat(shares.packs()).isEqualTo(2);
        assertThat(shares.waitingEntries()).isPositive();
    }

    @Test
    void cachesTakeTheirPartOfASmallHeapAndStayBoundedOnALargeOne() {
        assertThat(shares(120, 2).nodeCache()).isEqualTo(15L << 20);
        assertThat(shares(120, 2).blockCache()).isEqualTo(30L << 20);
        assertThat(shares(100_000, 2).nodeCache()).isEqualTo(32L << 20);
        assertThat(shares(100_000, 2).blockCache()).isEqualTo(64L << 20);
        assertThat(shares(100_000, 2).waitingEntries()).isEqualTo(200_000);
    }
}
