package obnam.chunker;

import java.util.Objects;
import obnam.api.ChunkSizes;
import obnam.api.Chunker;
import obnam.api.CutCandidates;

/// The chunker `gear`: content-defined cuts by a keyed gear hash with normalised chunking.
///
/// **Hash.** G is a table of 256 64-bit numbers made from the key, see [GearTable]. The hash at position p of a
/// stream is `h(p) = 2 h(p-1) + G[byte p-1]` modulo 2^64, so it covers the 64 bytes before p and nothing else:
///
///     h(p) = G[byte p-1] + 2 G[byte p-2] + 4 G[byte p-3] + ... + 2^63 G[byte p-64]
///
/// **Candidates.** Let b be the floor of the binary logarithm of the normal size. A position is a *candidate* if
/// the b - 2 most significant bits of its hash are zero, and a *strict* one if b + 2 are. The most significant bits
/// are those that depend on all 64 bytes.
///
/// **Selection.** A chunk ends at the first strict candidate whose distance from the chunk's begin is at least the
/// minimum and less than the normal size; else at the first candidate from the normal size on; else at the maximum
/// size or the end of the stream.
///
/// **Sources.** W. Xia et al., "FastCDC: a Fast and Efficient Content-Defined Chunking Approach for Data
/// Deduplication", USENIX ATC 2016: gear hash, two masks around the normal size (here "normalised chunking" of
/// level 2), no search before the minimum. W. Xia et al., "The Design of Fast Content-Defined Chunking for Data
/// Deduplication Based Storage Systems", IEEE TPDS 31(9), 2020: two bytes per step.
///
/// **Differences from these papers.**
/// - The hash is never reset. There it begins at zero behind each chunk's minimum, so that the first 63 positions
/// after it see fewer than 64 bytes, and whether a position can be a cut depends on where the chunk began. Here the
/// 64 bytes before the position decide alone; the minimum is at least 64, so they always belong to the chunk.
/// - Masks are the highest bits instead of bits spread over the word, and the middle hash of a step of two bytes is
///   calculated in full instead of with a shifted table and mask, which would lose the top bit.
/// - Searching is separate from choosing: candidates depend on 64 bytes and can be searched in any range by any
///   thread, with 64 bytes of overlap; the choice among them is serial and cheap.
/// - The table is secret, one per repository; there it is the same for everybody.
///
/// **Known limit.** The hash is linear in the table, so the key is no protection where the lengths of chunks can be
/// seen: recovering the key of such chunkers from the lengths of chunks of known data is published (Cryptology
/// ePrint Archive, paper 2025/558). The repository format therefore never shows lengths of chunks; the key is only
/// one more obstacle.
///
/// **Runs.** In a long run of one byte all hashes are alike. They are candidates for one byte value and key in
/// 2^(b-2); otherwise such data are cut at the maximum.
///
/// Immutable and thread-safe. [#cut] looks at no byte before `start + minimum - 64`.
final class GearChunker implements Chunker {

    private static final int NORMALISATION = 2;

    private final long[] table;
    private final ChunkSizes sizes;
    private final long strictMask;
    private final long looseMask;

    /// @param table from [GearTable]; kept
    GearChunker(long[] table, ChunkSizes sizes) {
        this.table = table;
        this.sizes = sizes;
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(sizes.normal());
        this.strictMask = highBits(bits + NORMALISATION);
        this.looseMask = highBits(bits - NORMALISATION);
    }

    private static long highBits(int count) {
        return -1L << (Long.SIZE - count);
    }

    @Override
    public ChunkSizes sizes() {
        return sizes;
    }

    @Override
    public int window() {
        return GearScan.WINDOW;
    }

    @Override
    public int cut(byte[] data, int start, int end) {
        Objects.checkFromToIndex(start, end, data.length);
        int last = end - start > sizes.maximum() ? start + sizes.maximum() : end;
        if (last - start <= sizes.minimum()) {
            return last;
        }
        GearScan scan = new GearScan(table, data, start + sizes.minimum() - 1);
        int cut = scan.next(Math.min(last, start + sizes.normal() - 1), strictMask);
        if (cut == GearScan.NONE) {
            cut = scan.next(last, looseMask);
        }
        return cut == GearScan.NONE ? last : cut;
    }

    @Override
    public void candidates(byte[] data, int from, int to, CutCandidates found) {
        Objects.checkFromToIndex(from, to, data.length);
        GearScan scan = new GearScan(table, data, from);
        int position = scan.next(to, looseMask);
        while (position != GearScan.NONE) {
            found.add(position, (scan.hash() & strictMask) == 0);
            position = scan.next(to, looseMask);
        }
    }
}
