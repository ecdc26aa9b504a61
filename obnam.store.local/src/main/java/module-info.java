import obnam.api.ChunkStore;
import obnam.store.local.LocalStoreProvider;

/// A store that is a directory of this machine. Nothing is exported; the provider arrives through
/// `java.util.ServiceLoader`.
///
/// @provides obnam.api.ChunkStore.Provider for locations `file:PATH`
@org.jspecify.annotations.NullMarked
module obnam.store.local {
    requires static org.jspecify;
    requires obnam.api;
    requires obnam.posix;

    provides ChunkStore.Provider with
            LocalStoreProvider;
}
