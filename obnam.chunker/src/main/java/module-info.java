/// Chunkers: where a stream is cut. Nothing is exported; the providers arrive through `java.util.ServiceLoader`.
///
/// - `gear` cuts by content: a keyed gear hash with normalised chunking. Its class says byte for byte how it works.
/// - `fixed` cuts every so many bytes; for data that change in place, such as images of disks.
///
/// @provides obnam.api.Chunker.Provider `gear` and `fixed`
@org.jspecify.annotations.NullMarked
module obnam.chunker {
    requires static org.jspecify;
    requires obnam.api;

    provides obnam.api.Chunker.Provider with
            obnam.chunker.FixedChunkerProvider,
            obnam.chunker.GearChunkerProvider;
}
