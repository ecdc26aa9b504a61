package obnam.api;

/// Cuts data into chunks.
///
/// A cut depends on the bytes alone: the same bytes from the begin of a chunk on, under the same key and
/// parameters, always give the same cut, however the data are cut into buffers and however the work is split over
/// threads.
///
/// There are two ways to the same cuts. [#cut] walks the data one chunk after the other; it is the shorter one.
/// [#candidates] looks at any range by itself, so the ranges of one large file can be searched on all cores; what
/// it finds is then put in order by [#select], which is cheap and serial. The contract tests hold the two against
/// each other.
///
/// **Threads.** Immutable; all methods may be called by any number of threads at once.
public interface Chunker {

    /// The sizes that bound and steer the chunks.
    ChunkSizes sizes();

    /// How many bytes before a position decide whether it is a candidate: 0 to [ChunkSizes#minimum]. That the
    /// window is not longer than the shortest chunk makes a cut independent of what came before the chunk.
    int window();

    /// Finds the end of the chunk that begins at `start`.
    ///
    /// @param data holds the chunk; not changed, not kept
    /// @param start index of the chunk's first byte
    /// @param end index behind the last byte that is at hand; at least `start`
    /// @return index behind the chunk's last byte, at most `start + sizes().maximum()`; or `end` if the chunk does
    ///     not end before it: then the chunk ends here only if the data end here, or if it has the maximum size;
    ///     otherwise the call is repeated with more data at hand
    int cut(byte[] data, int start, int end);

    /// Finds all candidates for cuts in a range: positions *behind* which a chunk may end by the look of the bytes
    /// before them. Whether it does depends on where the chunk began, see [#select].
    ///
    /// @param data holds the range and the [#window] bytes before it, unless the stream begins at `from`
    /// @param from index of the first byte of the range; at least [#window], except at the begin of a stream
    /// @param to index behind the range
    /// @param found gets every candidate position p with `from < p <= to`, rising
    void candidates(byte[] data, int from, int to, CutCandidates found);

    /// Chooses the end of a chunk among candidates, by normalised chunking: the first strict candidate from the
    /// minimum to the normal size, else the first candidate from there on, else the maximum.
    ///
    /// Complexity: linear in the candidates that are skipped; call with `next` as left by the call for the previous
    /// chunk to walk a list only once.
    ///
    /// @param start where the chunk begins, in the numbering of the candidates' positions; may be negative
    /// @param limit the position up to which candidates are known
    /// @param found the candidates, rising; its cursor is moved
    /// @return the position of the cut, or `Integer.MAX_VALUE` if the chunk does not end at or before `limit`
    default int select(int start, int limit, CutCandidates found) {
        ChunkSizes sizes = sizes();
        found.skipBelow(start + sizes.minimum());
        int last = Math.min(limit, start + sizes.maximum());
        while (found.hasNext() && found.position() <= last) {
            if (found.strict() || found.position() - start >= sizes.normal()) {
                return found.position();
            }
            found.advance();
        }
        return start + sizes.maximum() <= limit ? start + sizes.maximum() : Integer.MAX_VALUE;
    }

    /// Makes chunkers of one kind; found by [java.util.ServiceLoader].
    interface Provider extends Named {

        /// Length of the key in bytes; 0 for a chunker without one.
        int keyLength();

        /// Makes a chunker.
        ///
        /// @param key [#keyLength] bytes; copied if kept
        /// @param sizes the sizes, as read from the repository's configuration
        /// @throws UsageException if this chunker cannot work with these sizes
        Chunker create(byte[] key, ChunkSizes sizes);
    }
}
