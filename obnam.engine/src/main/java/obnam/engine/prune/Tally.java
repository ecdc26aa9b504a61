package obnam.engine.prune;

/// Counts what a prune does. For one thread.
final class Tally {

    long packs;
    long bytes;
    long unusedBytes;
    long deletedPacks;
    long deletedBytes;
    long deletedObjects;
    long newPacks;
    long newBytes;
    long movedBytes;
    long rewrittenBytes;
    long indexedPacks;
    long skippedChunks;
    long droppedNotices;

    void deleted(long size) {
        deletedObjects++;
        deletedBytes += size;
    }

    obnam.engine.PruneResult result() {
        return new obnam.engine.PruneResult(
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
                0);
    }
}
