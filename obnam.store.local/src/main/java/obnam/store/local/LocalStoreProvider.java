package obnam.store.local;

import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.NoRepositoryException;
import obnam.posix.Directory;
import obnam.posix.FileSystem;

/// Opens directories as stores: `file:/srv/backup`, `file:backup`. The path is taken as it is: no `~`, no `%2f`.
public final class LocalStoreProvider implements ChunkStore.Provider {

    /// For [java.util.ServiceLoader].
    public LocalStoreProvider() {}

    @Override
    public String name() {
        return "file";
    }

    @Override
    public ChunkStore open(String location, OpenMode mode) {
        Location place = Location.of(location);
        FileSystem system = FileSystem.local();
        Directory directory = mode == OpenMode.CREATE ? place.make(system) : place.open(system);
        LocalStore store = new LocalStore(new PosixFiles(system, place.path(), directory), place.toString());
        try {
            prepare(store, place, mode);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static void prepare(LocalStore store, Location place, OpenMode mode) {
        if (!store.exists()) {
            if (mode == OpenMode.EXISTING) {
                throw new NoRepositoryException("no repository in this directory", place.toString(), Location.ADVICE);
            }
            store.create();
        }
        store.clean();
    }
}
