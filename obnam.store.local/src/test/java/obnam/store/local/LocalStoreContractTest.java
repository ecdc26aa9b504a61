package obnam.store.local;

import java.nio.file.Path;
import obnam.api.ChunkStore;
import obnam.testkit.ChunkStoreContract;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreContractTest extends ChunkStoreContract {

    @TempDir
    private Path directory;

    private int stores;

    @Override
    protected ChunkStore.Provider provider() {
        return new LocalStoreProvider();
    }

    @Override
    protected String newLocation() {
        stores++;
        return directory.resolve("missing/parent/store" + stores).toString();
    }
}
