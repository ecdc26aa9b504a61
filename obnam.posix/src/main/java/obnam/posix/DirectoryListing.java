package obnam.posix;

import java.util.Arrays;

/// The entries of a directory in the order of their names as unsigned bytes, no name twice. Immutable, and small
/// enough for a directory of a million files: all names share one array.
public final class DirectoryListing {
    private final byte[] names;
    private final int[] starts;
    private final long[] inodes;
    private final FileType[] types;
    private final int[] order;

    private DirectoryListing(Builder entries, int[] order) {
        this.names = entries.names;
        this.starts = entries.starts;
        this.inodes = entries.inodes;
        this.types = entries.types;
        this.order = order;
    }

    /// Number of entries.
    public int size() {
        return order.length;
    }

    /// The name of entry `index`, a new array.
    ///
    /// @throws IndexOutOfBoundsException if there is no such entry
    public byte[] name(int index) {
        int entry = order[index];
        return Arrays.copyOfRange(names, starts[entry], starts[entry + 1]);
    }

    /// The inode number the directory has for the entry. At a mount point it is that of the directory below the
    /// mount, not the one a status call gives; 0 from the fallback.
    public long inode(int index) {
        return inodes[order[index]];
    }

    /// The type the directory has for the entry; [FileType#UNKNOWN] where the file system keeps none there.
    public FileType type(int index) {
        return types[order[index]];
    }

    /// Collects entries in any order. A name that comes again is dropped: a directory that is changed while it is
    /// read may give an entry twice.
    static final class Builder {
        private byte[] names = new byte[1024];
        private int[] starts = new int[65];
        private long[] inodes = new long[64];
        private FileType[] types = new FileType[64];
        private int count;

        void add(byte[] source, int from, int to, long inode, FileType type) {
            int end = Math.addExact(starts[count], to - from);
            if (end > names.length) {
                names = Arrays.copyOf(names, grown(end));
            }
            if (count == types.length) {
                int capacity = grown(count + 1);
                starts = Arrays.copyOf(starts, capacity + 1);
                inodes = Arrays.copyOf(inodes, capacity);
                types = Arrays.copyOf(types, capacity);
            }
            System.arraycopy(source, from, names, starts[count], to - from);
            inodes[count] = inode;
            types[count] = type;
            count++;
            starts[count] = end;
        }

        private static int grown(int needed) {
            return (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, needed * 2L));
        }

        DirectoryListing build() {
            return new DirectoryListing(this, withoutRepeated(NameOrder.sort(names, starts, count)));
        }

        private int[] withoutRepeated(int[] order) {
            int kept = Math.min(1, order.length);
            for (int i = 1; i < order.length; i++) {
                int one = order[kept - 1];
                int next = order[i];
                if (!Arrays.equals(names, starts[one], starts[one + 1], names, starts[next], starts[next + 1])) {
                    order[kept++] = next;
                }
            }
            return kept == order.length ? order : Arrays.copyOf(order, kept);
        }
    }
}
