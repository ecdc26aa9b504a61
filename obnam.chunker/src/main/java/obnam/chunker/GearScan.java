package obnam.chunker;

/// Walks over bytes and stops where the gear hash has zeros under a mask.
///
/// The one loop in which a chunker spends its time stands alone in [#next], without a call or a store inside:
/// keeping what was found within the loop cost two thirds of the speed when measured. It takes two bytes per step,
/// so that the chain from one hash to the next is one shift and one addition for both; the hash in between hangs
/// off the chain. More bytes per step, or several ranges in one loop, were no faster: loads and comparisons are the
/// limit then.
///
/// Not thread-safe; made anew for each search, which costs 63 bytes of hashing.
final class GearScan {

    /// What [#next] returns when there is nothing more.
    static final int NONE = -1;

    /// How many bytes a hash covers: each step shifts the older ones by one bit, and after 64 a byte is gone.
    static final int WINDOW = 64;

    private final long[] table;
    private final byte[] data;
    private int position;
    private long hash;

    /// Begins a search behind `from`.
    ///
    /// @param data is read from `from - 63` on, or from its begin
    GearScan(long[] table, byte[] data, int from) {
        this.table = table;
        this.data = data;
        this.position = from;
        this.hash = hash(table, data, Math.max(0, from - (WINDOW - 1)), from);
    }

    private static long hash(long[] table, byte[] data, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash = (hash << 1) + table[data[i] & 0xff];
        }
        return hash;
    }

    /// Moves on to the next position, at most `to`, whose hash is zero under `mask`; to `to` if there is none.
    ///
    /// @return the position, or [#NONE]
    int next(int to, long mask) {
        byte[] bytes = data;
        long[] gear = table;
        long h = hash;
        int i = position;
        while (i < to - 1) {
            long first = gear[bytes[i] & 0xff];
            long second = gear[bytes[i + 1] & 0xff];
            long between = (h << 1) + first;
            h = (h << 2) + ((first << 1) + second);
            if ((between & mask) == 0) {
                return stop(i + 1, between);
            }
            if ((h & mask) == 0) {
                return stop(i + 2, h);
            }
            i += 2;
        }
        if (i < to) {
            h = (h << 1) + gear[bytes[i] & 0xff];
            i++;
            if ((h & mask) == 0) {
                return stop(i, h);
            }
        }
        stop(i, h);
        return NONE;
    }

    private int stop(int at, long h) {
        position = at;
        hash = h;
        return at;
    }

    /// The hash at the position where the last search stopped.
    long hash() {
        return hash;
    }
}
