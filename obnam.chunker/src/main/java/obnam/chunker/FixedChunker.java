package obnam.chunker;

import java.util.Objects;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;

/// Cuts every so many bytes, whatever they are. It has no candidates: every chunk but the last has the maximum
/// size.
final class FixedChunker implements Chunker {

    private final ChunkSizes sizes;

    /// @param sizes three times the same
    FixedChunker(ChunkSizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public ChunkSizes sizes() {
        return sizes;
    }

    @Override
    public int window() {
        return 0;
    }

    @Override
    public int cut(byte[] data, int start, int end) {
        Objects.checkFromToIndex(start, end, data.length);
        return end - start > sizes.maximum() ? start + sizes.maximum() : end;
    }

    @Override
    public void candidates(byte[] data, int from, int to, CutCandidates found) {
        Objects.checkFromToIndex(from, to, data.length);
    }
}
