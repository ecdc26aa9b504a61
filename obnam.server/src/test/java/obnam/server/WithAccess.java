package obnam.server;

import obnam.api.ChunkStore;
import obnam.api.StoreAccess;

/// A provider that always shows the same access, for tests that know only locations.
record WithAccess(ChunkStore.Provider provider, StoreAccess access) implements ChunkStore.Provider {

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public ChunkStore open(String location, ChunkStore.OpenMode mode) {
        return provider.open(location, mode, access);
    }
}
