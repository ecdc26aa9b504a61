package obnam.store.http;

import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.StoreAccess;

/// Opens repositories on servers: `https://host:port/path`. The server must prove who it is.
public final class HttpsStoreProvider implements ChunkStore.Provider {

    /// For [java.util.ServiceLoader].
    public HttpsStoreProvider() {}

    @Override
    public String name() {
        return "https";
    }

    @Override
    public ChunkStore open(String location, OpenMode mode) {
        return open(location, mode, StoreAccess.NONE);
    }

    @Override
    public ChunkStore open(String location, OpenMode mode, StoreAccess access) {
        return Opening.open(ServerLocation.of("https", location), mode, access);
    }
}
