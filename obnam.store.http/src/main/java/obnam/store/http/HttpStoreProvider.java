package obnam.store.http;

import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.StoreAccess;

/// Opens repositories on servers of this machine, without encryption on the way: `http://localhost:8000/path`.
/// Other machines are refused, since the token would be sent in clear.
public final class HttpStoreProvider implements ChunkStore.Provider {

    /// For [java.util.ServiceLoader].
    public HttpStoreProvider() {}

    @Override
    public String name() {
        return "http";
    }

    @Override
    public ChunkStore open(String location, OpenMode mode) {
        return open(location, mode, StoreAccess.NONE);
    }

    @Override
    public ChunkStore open(String location, OpenMode mode, StoreAccess access) {
        return Opening.open(ServerLocation.of("http", location).requireThisMachine(), mode, access);
    }
}
