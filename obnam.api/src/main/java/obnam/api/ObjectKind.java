package obnam.api;

/// What an object in a store is for. A [ChunkStore] treats all kinds alike; it only keeps them apart.
public enum ObjectKind {
    /// The one object that says which repository this is. It has no name of its own.
    CONFIG,
    /// A credential: the repository's keys, sealed under keys derived from a passphrase.
    KEY,
    /// Blocks of chunks: the bulk of a repository.
    PACK,
    /// Which packs hold which chunks, and which packs are condemned.
    INDEX,
    /// A record of the snapshot log.
    SNAPSHOT,
    /// What a running backup tells a prune that runs beside it.
    NOTICE
}
