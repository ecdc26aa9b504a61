package obnam.api;

/// Authenticated encryption under one key, with nonces that are long enough to be drawn at random.
///
/// **Security.** Confidentiality and integrity of the plaintext and integrity of the associated data for at least
/// 2^64 sealings under one key, as long as nonces are random.
///
/// **Threads.** Immutable to its callers; any number of threads may call at once.
public interface Cipher {

    /// Length of a nonce in bytes, for every cipher.
    int NONCE_LENGTH = 24;

    /// Length of the authentication tag that ends a ciphertext, for every cipher.
    int TAG_LENGTH = 16;

    /// Length of a key in bytes, for every cipher.
    int KEY_LENGTH = 32;

    /// Encrypts: writes `length + TAG_LENGTH` bytes.
    ///
    /// @param nonce [#NONCE_LENGTH] bytes from `nonceOffset` on; random, never used before under this key
    /// @param associatedData authenticated, not encrypted; may be empty
    /// @param target must not be `plaintext`
    void seal(
            byte[] nonce,
            int nonceOffset,
            byte[] associatedData,
            byte[] plaintext,
            int offset,
            int length,
            byte[] target,
            int targetOffset);

    /// Decrypts and verifies: writes `length - TAG_LENGTH` bytes.
    ///
    /// @param ciphertext from `offset` on, tag included
    /// @param length of the ciphertext with its tag; at least [#TAG_LENGTH]
    /// @param target must not be `ciphertext`; after a refusal it holds no plaintext the caller may use
    /// @return whether nonce, associated data and ciphertext were sealed together under this key; if not, the
    ///     caller knows best which error to raise
    boolean open(
            byte[] nonce,
            int nonceOffset,
            byte[] associatedData,
            byte[] ciphertext,
            int offset,
            int length,
            byte[] target,
            int targetOffset);

    /// Makes ciphers of one suite; found by [java.util.ServiceLoader].
    interface Provider extends Named {

        /// The number that stands for this suite in the data: 1 to 255; 1 to 127 are this project's.
        int suite();

        /// Makes a cipher.
        ///
        /// @param key [#KEY_LENGTH] bytes; copied if kept
        Cipher create(byte[] key);
    }
}
