package obnam.engine.index;

import obnam.engine.format.ChunkRole;

/// Where a chunk is.
///
/// @param role what the index says it holds
/// @param block the block that holds it
/// @param offset in the block's plaintext
/// @param length in bytes
public record ChunkLocation(ChunkRole role, BlockLocation block, int offset, int length) {}
