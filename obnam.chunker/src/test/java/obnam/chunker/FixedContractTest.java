package obnam.chunker;

import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.testkit.ChunkerContract;

class FixedContractTest extends ChunkerContract {

    @Override
    protected Chunker.Provider provider() {
        return new FixedChunkerProvider();
    }

    @Override
    protected ChunkSizes sizes() {
        return new ChunkSizes(1000, 1000, 1000);
    }

    @Override
    protected boolean contentDefined() {
        return false;
    }
}
