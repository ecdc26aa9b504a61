package obnam.testkit;

import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// One call of a store's method, as [FaultyStore] and [RecordingStore] see it.
///
/// @param number the how-manieth call of that store, from 1; calls of several threads are numbered as they arrive
/// @param operation which method
/// @param kind of which kind of object; empty for [Operation#BARRIER]
/// @param name of which object; empty for [Operation#LIST] and [Operation#BARRIER]
/// @param bytes length of the content of a put, of the range that was asked for, or of what a get returned;
///     otherwise 0
public record StoreCall(
        long number, Operation operation, Optional<ObjectKind> kind, Optional<ObjectName> name, long bytes) {

    /// The methods of [obnam.api.ChunkStore] that reach for the medium.
    public enum Operation {
        PUT,
        GET,
        GET_RANGE,
        LIST,
        SIZE,
        DELETE,
        BARRIER
    }

    static StoreCall of(long number, Operation operation, ObjectName name, long bytes) {
        return new StoreCall(number, operation, Optional.of(name.kind()), Optional.of(name), bytes);
    }

    static StoreCall list(long number, ObjectKind kind) {
        return new StoreCall(number, Operation.LIST, Optional.of(kind), Optional.empty(), 0);
    }

    static StoreCall barrier(long number) {
        return new StoreCall(number, Operation.BARRIER, Optional.empty(), Optional.empty(), 0);
    }
}
