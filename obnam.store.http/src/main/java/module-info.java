import obnam.api.ChunkStore;
import obnam.store.http.HttpStoreProvider;
import obnam.store.http.HttpsStoreProvider;

/// A store on a server that speaks the protocol of `docs/protocol.md`: ours, restic's, or `rclone serve
/// restic`. Nothing is exported; the providers arrive through `java.util.ServiceLoader`.
///
/// @provides obnam.api.ChunkStore.Provider for locations `https://HOST:PORT/PATH`, and `http:` on this machine
@org.jspecify.annotations.NullMarked
module obnam.store.http {
    requires static org.jspecify;
    requires java.net.http;
    requires com.fasterxml.jackson.core;
    requires obnam.api;

    provides ChunkStore.Provider with
            HttpStoreProvider,
            HttpsStoreProvider;
}
