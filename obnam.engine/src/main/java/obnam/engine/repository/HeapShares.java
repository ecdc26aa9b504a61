package obnam.engine.repository;

/// How much of the Java heap the parts of a run take: the one place where buffers and threads are fitted to it.
///
/// First come the packs that are being filled or put, then the cache of opened blocks and what waits to be read, then
/// what the program itself needs. What is left decides how many threads may work at once, because each has buffers
/// of its own. On a heap of 248 MiB, which is what Java says of `-Xmx256m`, six threads make a backup.
///
/// @param heap the most bytes the heap may have
/// @param threads how many threads are wanted; 1 or greater
public record HeapShares(long heap, int threads) {

    private static final long MEBIBYTE = 1 << 20;

    /// A pack of 16 MiB, or one with a chunk of the greatest length, and its table.
    private static final long PACK = 17 * MEBIBYTE;
    private static final int FEWEST_PACKS = 2;
    private static final int MOST_PACKS = 4;
    /// Classes, the program's own data, index pages, and room for the collector.
    private static final long PROGRAM = 28 * MEBIBYTE;
    /// A thread of a backup has up to 8 MiB of a file, and for each of the two kinds of blocks five buffers as long
    /// as a block of 1 MiB: chunks, compressed, unpacked again, sealed, opened again. One that checks has a whole
    /// pack, and a block.
    private static final long BUSY_THREAD = 20 * MEBIBYTE;
    /// A thread of a restore has a block sealed, opened and unpacked, and a buffer to compare with.
    private static final long RESTORING_THREAD = 4 * MEBIBYTE;

    private static final long LARGEST_NODE_CACHE = 32 * MEBIBYTE;
    private static final long LARGEST_BLOCK_CACHE = 64 * MEBIBYTE;
    private static final int MOST_WAITING = 200_000;
    /// An entry that waits to be read takes about a tenth of this.
    private static final long HEAP_A_WAITING_ENTRY = 4096;

    /// The shares of this Java's heap.
    public static HeapShares of(int threads) {
        return new HeapShares(Runtime.getRuntime().maxMemory(), threads);
    }

    /// How many packs a backup has in memory at once: one of each type is filled while others are put.
    public int packs() {
        return Math.clamp(heap / 3 / PACK, FEWEST_PACKS, MOST_PACKS);
    }

    /// How many bytes of opened blocks are kept by what reads trees.
    public long nodeCache() {
        return Math.min(LARGEST_NODE_CACHE, heap / 8);
    }

    /// How many bytes of opened blocks a restore keeps.
    public long blockCache() {
        return Math.min(LARGEST_BLOCK_CACHE, heap / 4);
    }

    /// How many entries of unfinished directories stop a scan that runs ahead of reading.
    public int waitingEntries() {
        return Math.clamp(heap / HEAP_A_WAITING_ENTRY, 1, MOST_WAITING);
    }

    /// How many threads make a backup.
    public int backupThreads() {
        return fitting(heap - PROGRAM - packs() * PACK - nodeCache(), BUSY_THREAD);
    }

    /// How many threads check packs.
    public int checkThreads() {
        return fitting(heap - PROGRAM - nodeCache(), BUSY_THREAD);
    }

    /// How many threads restore.
    public int restoreThreads() {
        return fitting(heap - PROGRAM - blockCache(), RESTORING_THREAD);
    }

    private int fitting(long room, long each) {
        return Math.clamp(room / each, 1, threads);
    }
}
