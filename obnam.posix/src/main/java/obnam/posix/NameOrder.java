package obnam.posix;

import java.util.Arrays;

/// Sorts names that lie one behind the other in one array, without making objects of them.
///
/// A merge sort of their indices, so that no choice of names makes it slow: O(n log n) comparisons, most of them of
/// one
/// `long`, which holds the eight bytes after the prefix that all names share.
final class NameOrder {
    private final byte[] names;
    private final int[] starts;
    private final long[] keys;

    private NameOrder(byte[] names, int[] starts, int count) {
        this.names = names;
        this.starts = starts;
        this.keys = new long[count];
        int shared = sharedPrefix(count);
        for (int i = 0; i < count; i++) {
            keys[i] = key(starts[i] + shared, starts[i + 1]);
        }
    }

    /// @param starts where each name begins in `names`; name `i` ends where `i + 1` begins, the last at
    ///     `starts[count]`
    /// @return the indices of the names in the order of the names as unsigned bytes; equal names keep their order
    static int[] sort(byte[] names, int[] starts, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        if (count > 1) {
            new NameOrder(names, starts, count).sort(order.clone(), order, 0, count);
        }
        return order;
    }

    private int sharedPrefix(int count) {
        int first = starts[0];
        int shared = starts[1] - first;
        for (int i = 1; i < count && shared > 0; i++) {
            int length = Math.min(shared, starts[i + 1] - starts[i]);
            int mismatch = Arrays.mismatch(names, first, first + length, names, starts[i], starts[i] + length);
            shared = mismatch < 0 ? length : mismatch;
        }
        return shared;
    }

    /// The next eight bytes as a number that orders as they do, zeros after the end. Shifted to the range of signed
    /// numbers, so that a plain comparison does.
    private long key(int from, int end) {
        long key = 0;
        for (int i = 0; i < 8; i++) {
            key = key << 8 | (from + i < end ? names[from + i] & 0xff : 0);
        }
        return key ^ Long.MIN_VALUE;
    }

    private boolean inOrder(int one, int other) {
        if (keys[one] != keys[other]) {
            return keys[one] < keys[other];
        }
        return Arrays.compareUnsigned(names, starts[one], starts[one + 1], names, starts[other], starts[other + 1])
                <= 0;
    }

    /// Sorts `from` to `end` of `source` into `target`; both hold the same indices there.
    private void sort(int[] source, int[] target, int from, int end) {
        if (end - from < 8) {
            insertionSort(target, from, end);
            return;
        }
        int middle = (from + end) >>> 1;
        sort(target, source, from, middle);
        sort(target, source, middle, end);
        if (inOrder(source[middle - 1], source[middle])) {
            System.arraycopy(source, from, target, from, end - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int i = from; i < end; i++) {
            boolean takeLeft = right == end || (left < middle && inOrder(source[left], source[right]));
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    private void insertionSort(int[] order, int from, int end) {
        for (int i = from + 1; i < end; i++) {
            int moved = order[i];
            int at = i;
            while (at > from && !inOrder(order[at - 1], moved)) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
    }
}
