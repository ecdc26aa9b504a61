/// The values, errors and service interfaces that every other module builds on.
///
/// The service interfaces (SPIs) are [obnam.api.Chunker], [obnam.api.Hasher], [obnam.api.Cipher],
/// [obnam.api.KeyDeriver] and [obnam.api.ChunkStore]. Providers are found by [obnam.api.Providers]; a provider has
/// a short name, which is written into the data or stands in a location.
///
/// @uses obnam.api.Chunker.Provider cuts data into chunks
/// @uses obnam.api.Hasher.Provider makes chunk ids
/// @uses obnam.api.Cipher.Provider seals and opens
/// @uses obnam.api.KeyDeriver turns a passphrase into keys
/// @uses obnam.api.ChunkStore.Provider opens stores
@org.jspecify.annotations.NullMarked
module obnam.api {
    requires static org.jspecify;

    exports obnam.api;

    uses obnam.api.Chunker.Provider;
    uses obnam.api.Hasher.Provider;
    uses obnam.api.Cipher.Provider;
    uses obnam.api.KeyDeriver;
    uses obnam.api.ChunkStore.Provider;
}
