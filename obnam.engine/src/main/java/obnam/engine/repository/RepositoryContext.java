package obnam.engine.repository;

import java.security.SecureRandom;
import obnam.api.ChunkStore;
import obnam.api.Chunker;
import obnam.api.Hasher;
import obnam.engine.RepositorySettings;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.Frames;
import obnam.engine.keys.RepositoryConfig;

/// An open repository's store and keys, as all that works on it shares them. Thread-safe.
///
/// @param store where the objects are
/// @param config what CONFIG says
/// @param frames seals and opens
/// @param hashers makes and checks ids, one hasher for each role
/// @param chunker cuts files
/// @param treeCutKey where the trees of large directories are cut
/// @param random makes random bytes
/// @param settings what the caller chose
public record RepositoryContext(
        ChunkStore store,
        RepositoryConfig config,
        Frames frames,
        Hashers hashers,
        Chunker chunker,
        byte[] treeCutKey,
        SecureRandom random,
        RepositorySettings settings) {

    /// One hasher for each role.
    ///
    /// @param data for pieces of files
    /// @param tree for nodes of trees
    /// @param list for nodes of lists
    public record Hashers(Hasher data, Hasher tree, Hasher list) {

        /// The hasher of a role.
        public Hasher of(ChunkRole role) {
            return switch (role) {
                case DATA -> data;
                case TREE -> tree;
                case LIST -> list;
            };
        }
    }

    /// What the parts of a run may take of the heap.
    public HeapShares shares() {
        return HeapShares.of(settings.threads());
    }

    /// The same repository behind another store.
    public RepositoryContext withStore(ChunkStore other) {
        return new RepositoryContext(other, config, frames, hashers, chunker, treeCutKey, random, settings);
    }

    @Override
    public String toString() {
        return "repository " + config.repository();
    }
}
