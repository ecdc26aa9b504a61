package obnam.api;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Keeps named, immutable objects: a directory, a server, a bucket.
///
/// **What a store is trusted with.** Nothing but availability. Whoever reads from a store verifies what comes back.
/// A store need not check that the bytes fit the name, but it may, and then refuses with [DamageException].
///
/// **Threads.** All methods may be called by any number of threads at once.
///
/// **Errors.** [MissingObjectException] when an object that is asked for is not there; [StoreException] for
/// anything that went wrong between here and the medium, with [StoreException#worthRetrying] telling whether the
/// same call may succeed later. No other exceptions leave a store. A store does not repeat failed calls itself;
/// that is done around it.
///
/// **Interruption.** A call on an interrupted thread either completes, or throws [StoreException] that is worth
/// retrying, with the thread's interrupt status kept.
///
/// **Repetition.** Every call may be repeated after a failure; a call that failed may have taken effect.
public interface ChunkStore extends AutoCloseable {

    /// What this store can do. The same value for as long as the store is open.
    StoreTraits traits();

    /// Stores `content` under `name`. When this returns the object is complete and visible to readers and listings
    /// of every client (after [StoreTraits#staleness]), and it survives a crash after the next [#barrier] at the
    /// latest. An object is never seen half written, whatever happens, where [StoreTraits#atomicPut] says so.
    ///
    /// Never overwrites: if an object of that name and the same length is there already, nothing happens; for
    /// [ObjectName#CONFIG] the content is compared too.
    ///
    /// @param content the bytes between position and limit; read by the store until the call returns, not changed
    ///     (not even its position), and the caller's again afterwards
    /// @throws ObjectExistsException if another object stands under that name
    /// @throws StoreException if it could not be stored; if there is no space, nothing of it is left
    void put(ObjectName name, ByteBuffer content);

    /// The whole object, in a new array that is the caller's.
    ///
    /// @param limit the greatest length the caller is willing to take, in bytes
    /// @throws MissingObjectException if there is none
    /// @throws DamageException if it is longer than `limit`
    byte[] get(ObjectName name, int limit);

    /// Reads exactly `length` bytes of an object, from `offset` on, into `target`.
    ///
    /// @param offset 0 or greater
    /// @param length 0 or greater
    /// @param target written from `targetOffset` on; its content is undefined if the call fails
    /// @throws MissingObjectException if there is no such object
    /// @throws DamageException if the object ends before `offset + length`
    void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset);

    /// Tells `visitor` of every object of one kind, in any order, each at least once, on the calling thread. Names
    /// that are not valid object names, and what a store keeps for itself, are left out. The listing is streamed: a
    /// store holds no more than a page of it. An exception that `visitor` throws ends the listing and is passed on.
    void list(ObjectKind kind, Consumer<ObjectInfo> visitor);

    /// The length of an object in bytes, or empty if there is none.
    OptionalLong size(ObjectName name);

    /// Makes an object of pieces of others, and stores it under its name: the SHA-256 of its bytes, which
    /// is known only when they have been put together. As with [#put] the object is whole or not there, and
    /// nothing is overwritten. Repeating a call makes the same object.
    ///
    /// Where [StoreTraits#composes] is set, the pieces do not pass through here. This default, for all
    /// other stores, reads them and puts the result; it holds the whole object in memory.
    ///
    /// @param kind of the new object; not [ObjectKind#CONFIG]
    /// @param parts what stands in it, one after the other; at least one
    /// @return the name of the new object
    /// @throws MissingObjectException if an object that a part names is not there
    /// @throws DamageException if it ends before the part does
    /// @throws StoreException if it could not be stored
    default ObjectName compose(ObjectKind kind, List<Part> parts) {
        return Composition.readAndPut(this, kind, parts);
    }

    /// A piece of an object that is made by [#compose].
    sealed interface Part {

        /// How many bytes it adds.
        long length();

        /// Bytes that the caller gives.
        ///
        /// @param content the bytes between position and limit; not changed, and the caller's again afterwards
        record Bytes(ByteBuffer content) implements Part {
            @Override
            public long length() {
                return content.remaining();
            }
        }

        /// A piece of an object in the same store.
        ///
        /// @param source the object
        /// @param offset where in it the piece begins
        /// @param length of the piece, in bytes
        record Range(ObjectName source, long offset, long length) implements Part {}
    }

    /// Gives up the space that the store keeps so that a prune has room on a full disk. A store that keeps
    /// none does nothing.
    default void releaseReserve() {}

    /// Takes that space again, if there is plenty. A store that keeps none does nothing.
    default void keepReserve() {}

    /// Deletes an object. That there is none is no error.
    void delete(ObjectName name);

    /// Makes durable what was put and deleted before: when this returns, all of it survives a crash, and nothing
    /// that is put or deleted after this call can survive a crash that undoes something before it. Stores whose put
    /// and delete are durable by themselves do nothing.
    default void barrier() {}

    /// Frees connections and descriptors. Further calls are not allowed. Repeating it has no effect.
    @Override
    void close();

    /// Opens stores of one kind; found by [java.util.ServiceLoader].
    interface Provider extends Named {

        /// The scheme of a location, such as `file` in `file:/srv/backup`. Lower-case letters and digits.
        @Override
        String name();

        /// Opens what is at `location`.
        ///
        /// @param location the text after `name:`, as the user gave it; untrusted
        /// @param mode whether a store may be made where there is none
        /// @throws NoRepositoryException if there is nothing and `mode` is not [OpenMode#CREATE]
        /// @throws UsageException if the location makes no sense to this provider
        /// @throws StoreException if it cannot be reached or is refused
        ChunkStore open(String location, OpenMode mode);

        /// Opens what is at `location`, for someone who has been given access.
        ///
        /// @param access what the store is to be shown; a provider that knows no such thing ignores it
        /// @throws NoRepositoryException if there is nothing and `mode` is not [OpenMode#CREATE]
        /// @throws UsageException if the location or the access makes no sense to this provider
        /// @throws UntrustedServerException if it cannot be told from an impostor
        /// @throws StoreException if it cannot be reached or is refused
        default ChunkStore open(String location, OpenMode mode, StoreAccess access) {
            return open(location, mode);
        }
    }

    /// Whether [Provider#open] may make a store.
    enum OpenMode {
        /// The store must be there.
        EXISTING,
        /// An empty store is made if there is none; one that is there is opened.
        CREATE
    }
}
