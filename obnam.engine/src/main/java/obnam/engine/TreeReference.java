package obnam.engine;

import obnam.api.ChunkId;

/// Where a directory's tree is.
///
/// @param level level of its top node: 0 to 7
/// @param id the top node's chunk id
/// @param length the top node's plaintext length in bytes
public record TreeReference(int level, ChunkId id, int length) {}
