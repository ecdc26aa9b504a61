package obnam.chunker;

import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.UsageException;

/// Provides the chunker `fixed`: chunks of one size, no key.
public final class FixedChunkerProvider implements Chunker.Provider {

    /// For [java.util.ServiceLoader].
    public FixedChunkerProvider() {}

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public int keyLength() {
        return 0;
    }

    /// @throws UsageException unless minimum, normal and maximum are the same
    @Override
    public Chunker create(byte[] key, ChunkSizes sizes) {
        if (key.length != 0) {
            throw new IllegalArgumentException("the chunker fixed has no key, but got " + key.length + " bytes");
        }
        if (sizes.minimum() != sizes.maximum()) {
            throw new UsageException(
                    "the chunker fixed makes chunks of one size only",
                    "minimum " + sizes.minimum() + ", normal " + sizes.normal() + ", maximum " + sizes.maximum(),
                    "Give the same size three times, or choose the chunker gear");
        }
        return new FixedChunker(sizes);
    }
}
