/// Authenticated ciphers and the derivation of keys from passphrases.
///
/// Nothing is exported: everything arrives through [java.util.ServiceLoader]. The JDK does the AES, ChaCha20 and
/// HMAC; Bouncy Castle is asked for Argon2id alone, through its lightweight classes, and is never registered as a
/// security provider.
///
/// @provides obnam.api.Cipher.Provider suite 1, `xaes-256-gcm`, and suite 2, `xchacha20-poly1305`
/// @provides obnam.api.KeyDeriver `argon2id` and `pbkdf2-hmac-sha-512`
@org.jspecify.annotations.NullMarked
module obnam.crypto {
    requires static org.jspecify;
    requires obnam.api;
    requires org.bouncycastle.provider;

    provides obnam.api.Cipher.Provider with
            obnam.crypto.XaesProvider,
            obnam.crypto.XChaChaProvider;
    provides obnam.api.KeyDeriver with
            obnam.crypto.Argon2id,
            obnam.crypto.Pbkdf2;
}
