package obnam.engine.store;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import obnam.api.ChunkStore;
import obnam.engine.store.RetryingStore.Patience;
import obnam.testkit.ChunkStoreContract;
import obnam.testkit.FaultyStore;
import obnam.testkit.FaultyStore.Mode;
import obnam.testkit.MemoryStore;

/// A store of which two of eleven calls fail keeps the contract, once it is wrapped. Between failures there are as many
/// calls as the longest composition takes, or none would ever get through.
final class RetryingStoreContractTest extends ChunkStoreContract {

    private final MemoryStore.Provider memory = new MemoryStore.Provider();
    private int stores;

    @Override
    protected ChunkStore.Provider provider() {
        return new ChunkStore.Provider() {
            @Override
            public String name() {
                return "retrying";
            }

            @Override
            public ChunkStore open(String location, ChunkStore.OpenMode mode) {
                return retrying(memory.open(location, mode));
            }
        };
    }

    private static ChunkStore retrying(ChunkStore store) {
        FaultyStore faulty = new FaultyStore(store)
                .failWhen(call -> call.number() % 11 == 1, Mode.ERROR_BEFORE)
                .failWhen(call -> call.number() % 11 == 4, Mode.ERROR_AFTER);
        RandomGenerator random = new SplittableRandom(1);
        // Interrupted threads try again too: sleeping is what would have noticed.
        return new RetryingStore(faulty, Patience.NORMAL, (_, _) -> {}, _ -> {}, () -> 0, random);
    }

    @Override
    protected String newLocation() {
        stores++;
        return "store" + stores;
    }
}
