package obnam.chunker;

import obnam.api.Chunker;
import obnam.testkit.ChunkerContract;

class GearContractTest extends ChunkerContract {

    @Override
    protected Chunker.Provider provider() {
        return new GearChunkerProvider();
    }
}
