package obnam.engine;

/// How to prune.
///
/// @param maxUnused which part of the stored data may stay unused, 0 to 1, so that little is moved for
///     little gain
/// @param maxRepack how many bytes may be moved at most
/// @param verifyMoves whether to read all that was moved before the original is deleted, instead of samples
/// @param dryRun whether only to find out what would be done
public record PruneRequest(double maxUnused, long maxRepack, boolean verifyMoves, boolean dryRun) {

    /// Up to 5 % unused, and no other limit.
    public static final PruneRequest DEFAULT = new PruneRequest(0.05, Long.MAX_VALUE, false, false);

    /// Up to which part of a block may be unused for it to be moved as it is; of others, what is used is
    /// put into new blocks.
    public double maxUnusedOfBlock() {
        return Math.min(1, 4 * maxUnused);
    }

    /// @throws IllegalArgumentException if a value is outside its range
    public PruneRequest {
        if (!(maxUnused >= 0 && maxUnused <= 1) || maxRepack < 0) {
            throw new IllegalArgumentException("no way to prune: " + maxUnused + ", " + maxRepack);
        }
    }
}
