package obnam.chunker;

import obnam.api.ChunkSizes;
import obnam.api.Chunker;

/// Provides the chunker `gear`, see [GearChunker]. All sizes that [ChunkSizes] allows are fine.
public final class GearChunkerProvider implements Chunker.Provider {

    /// For [java.util.ServiceLoader].
    public GearChunkerProvider() {}

    @Override
    public String name() {
        return "gear";
    }

    @Override
    public int keyLength() {
        return GearTable.KEY_LENGTH;
    }

    @Override
    public Chunker create(byte[] key, ChunkSizes sizes) {
        return new GearChunker(GearTable.derive(key), sizes);
    }
}
