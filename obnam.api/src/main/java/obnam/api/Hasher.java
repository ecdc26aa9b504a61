package obnam.api;

import java.nio.ByteBuffer;

/// Makes the ids of chunks: a keyed hash with 32 bytes of result.
///
/// **Security.** Without the key nobody can tell the id of given data, find data for an id, or two data with one
/// id.
///
/// **Threads.** Immutable to its callers; any number of threads may call at once, and a backup does so on all
/// cores: a provider keeps what it reuses per thread, and no call waits for another.
public interface Hasher {

    /// The id of the concatenation of `parts`.
    ///
    /// @param parts the bytes between position and limit of each; not changed (positions included), not kept
    ChunkId hash(ByteBuffer... parts);

    /// The id of the `length` bytes of `data` from `offset` on.
    default ChunkId hash(byte[] data, int offset, int length) {
        return hash(ByteBuffer.wrap(data, offset, length));
    }

    /// Makes hashers of one kind; found by [java.util.ServiceLoader].
    interface Provider extends Named {

        /// Length of the key in bytes.
        int keyLength();

        /// Makes a hasher.
        ///
        /// @param key [#keyLength] bytes; copied if kept
        Hasher create(byte[] key);
    }
}
