/// Hashers: the ids of chunks. Nothing is exported; the provider arrives through `java.util.ServiceLoader`.
///
/// `hmac-sha-256` is HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the Java runtime, which uses the processor's
/// instructions for SHA where there are some.
///
/// @provides obnam.api.Hasher.Provider `hmac-sha-256`
@org.jspecify.annotations.NullMarked
module obnam.hash {
    requires static org.jspecify;
    requires obnam.api;

    provides obnam.api.Hasher.Provider with
            obnam.hash.HmacSha256Provider;
}
