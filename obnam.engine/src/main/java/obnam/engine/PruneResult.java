package obnam.engine;

/// What a prune did; of a dry run, what it would do, as far as that can be told.
///
/// @param packs packs before
/// @param bytes their bytes
/// @param unusedBytes how many of these no snapshot needed
/// @param deletedPacks packs that were deleted
/// @param deletedBytes bytes of deleted objects of all kinds
/// @param deletedObjects deleted objects of all kinds
/// @param newPacks packs that were made of what others had left
/// @param newBytes bytes of new objects of all kinds
/// @param movedBytes bytes of blocks that were moved, those of them that were rewritten included
/// @param rewrittenBytes bytes of blocks that were opened, because much of them was unused or they were small
/// @param indexedPacks packs that were in no index and are now
/// @param skippedChunks chunks that only a notice of an unfinished run names, and that are not there
/// @param droppedNotices notices that were deleted because their runs seem to have ended
/// @param requests calls to the store
public record PruneResult(
        long packs,
        long bytes,
        long unusedBytes,
        long deletedPacks,
        long deletedBytes,
        long deletedObjects,
        long newPacks,
        long newBytes,
        long movedBytes,
        long rewrittenBytes,
        long indexedPacks,
        long skippedChunks,
        long droppedNotices,
        long requests) {

    /// The same with the number of calls to the store.
    PruneResult withRequests(long calls) {
        return new PruneResult(
                packs,
                bytes,
                unusedBytes,
                deletedPacks,
                deletedBytes,
                deletedObjects,
                newPacks,
                newBytes,
                movedBytes,
                rewrittenBytes,
                indexedPacks,
                skippedChunks,
                droppedNotices,
                calls);
    }
}
