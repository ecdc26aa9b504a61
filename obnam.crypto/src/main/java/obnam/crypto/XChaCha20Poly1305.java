package obnam.crypto;

import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/// XChaCha20-Poly1305 as in draft-irtf-cfrg-xchacha-03: HChaCha20 makes the key of a message from the first 16
/// bytes of the nonce; the last 8, after four zeros, are the nonce of RFC 8439 under it.
final class XChaCha20Poly1305 extends ExtendedNonceCipher {

    private static final ThreadLocal<javax.crypto.Cipher> ENGINES = engines("ChaCha20-Poly1305");
    private static final int SHORT_NONCE_LENGTH = 12;
    private static final int SHORT_NONCE_ZEROS = 4;

    private final HChaCha20 hash;

    /// @param key copied
    XChaCha20Poly1305(byte[] key) {
        super(ENGINES, "ChaCha20");
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        this.hash = new HChaCha20(key);
    }

    @Override
    byte[] messageKey(byte[] nonce, int offset) {
        return hash.derive(nonce, offset);
    }

    @Override
    AlgorithmParameterSpec messageParameters(byte[] nonce, int offset) {
        byte[] shortNonce = new byte[SHORT_NONCE_LENGTH];
        System.arraycopy(
                nonce,
                offset + HChaCha20.INPUT_LENGTH,
                shortNonce,
                SHORT_NONCE_ZEROS,
                SHORT_NONCE_LENGTH - SHORT_NONCE_ZEROS);
        return new IvParameterSpec(shortNonce);
    }
}
