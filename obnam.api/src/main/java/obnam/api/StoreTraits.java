package obnam.api;

import java.time.Duration;

/// What a store can do, as a value: nobody asks a store for its class.
///
/// @param largestObject the greatest length in bytes that [ChunkStore#put] takes; at least 32 MiB
/// @param atomicPut whether a put is one step for all who look: an object is seen whole or not at all, and of
///     two puts under one name with different content exactly one wins and the other is told. Without it a
///     reader may for a while meet the beginning of an object, which it tells by its size
/// @param staleness for how long after a put or delete a listing may still miss it; zero for a store whose listings
///     are regular: every object put before the listing began and not deleted before it ended appears
/// @param local whether a read costs about as much as one of a local file, so that reading ahead and caching are
///     of little use
/// @param composes whether [ChunkStore#compose] puts objects together in the store, so that what stays in
///     it need not be brought here and back
public record StoreTraits(long largestObject, boolean atomicPut, Duration staleness, boolean local, boolean composes) {

    /// Traits of a store that does not compose.
    public StoreTraits(long largestObject, boolean atomicPut, Duration staleness, boolean local) {
        this(largestObject, atomicPut, staleness, local, false);
    }

    /// The traits of a store that keeps every promise and has no practical limits.
    public static final StoreTraits STRONG = new StoreTraits(Long.MAX_VALUE, true, Duration.ZERO, false);
}
