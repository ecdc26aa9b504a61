package obnam.engine.index;

/// The local cache of the index is not what was written, or was made again while somebody went by its rows.
/// The index can be read from the store.
public final class DamagedCacheException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param what what is wrong
    /// @param cause at most one
    DamagedCacheException(String what, Throwable... cause) {
        super(what, cause.length == 0 ? null : cause[0]);
    }
}
