package obnam.engine.format;

/// Limits and paddings of the format.
public final class Sizes {

    /// No object is longer: 64 MiB.
    public static final int OBJECT_LIMIT = 64 << 20;
    /// Blocks begin and end at multiples of this many bytes.
    public static final int PAGE = 4096;
    /// No block has more plaintext: 16 MiB.
    public static final int BLOCK_LIMIT = 16 << 20;
    /// Writers make no longer entries of a tree, so that a node with one stays far below the limits of readers: 1
    /// MiB.
    public static final int ENTRY_TARGET = 1 << 20;
    /// No entry of a tree is longer: 4 MiB.
    public static final int ENTRY_LIMIT = 4 << 20;
    /// No name in a directory is longer.
    public static final int NAME_LIMIT = 4096;
    /// Packs are filled up to this length: 16 MiB.
    public static final int PACK_TARGET = 16 << 20;

    private static final int FULL_PACK = 15 << 20;
    private static final int FULL_PACK_STEP = 64 << 10;
    private static final int SMALLEST = 512;

    private Sizes() {}

    /// The padded length for an INDEX, SNAPSHOT or NOTICE object (Padmé: Nikitin et al., "Reducing Metadata Leakage
    /// from Encrypted Files and Communication with PURBs", 2019). It lies at most 12 % above `length`.
    public static int padded(int length) {
        if (length <= SMALLEST) {
            return SMALLEST;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(length);
        int kept = 32 - Integer.numberOfLeadingZeros(exponent);
        int step = 1 << exponent - kept;
        return Math.addExact(length, step - 1) & -step;
    }

    /// The padded length for a pack.
    public static int paddedPack(int length) {
        return length > FULL_PACK ? roundUp(length, FULL_PACK_STEP) : padded(length);
    }

    /// The least multiple of `step`, a power of two, that is not below `length`.
    public static int roundUp(int length, int step) {
        return Math.addExact(length, step - 1) & -step;
    }
}
