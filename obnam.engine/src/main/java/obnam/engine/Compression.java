package obnam.engine;

/// How hard to compress.
public enum Compression {
    /// Not at all.
    OFF,
    /// Little time.
    FAST,
    /// The balance for most data.
    DEFAULT,
    /// Smaller, at a multiple of the time.
    BETTER,
    /// As small as reasonable, slowly.
    BEST
}
