package obnam.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import obnam.api.Cipher;

/// Makes a cipher with nonces of 24 bytes out of one of the JDK with nonces of 12: the first part of the nonce and
/// the key give a key that is used for one message, the rest of the nonce is the nonce under it.
///
/// The JDK's cipher objects are neither thread-safe nor cheap to make, so each thread keeps one. They hold the key
/// of their last message until the next one; the JDK has no way to erase it.
abstract class ExtendedNonceCipher implements Cipher {

    private final ThreadLocal<javax.crypto.Cipher> engines;
    private final String keyAlgorithm;

    /// @param engines one per thread, shared by all ciphers of a suite, because every message brings its own key
    ExtendedNonceCipher(ThreadLocal<javax.crypto.Cipher> engines, String keyAlgorithm) {
        this.engines = engines;
        this.keyAlgorithm = keyAlgorithm;
    }

    /// The key for the message with the nonce at that place; a new array.
    abstract byte[] messageKey(byte[] nonce, int offset);

    /// What the JDK's cipher needs beside the key.
    abstract AlgorithmParameterSpec messageParameters(byte[] nonce, int offset);

    /// Each thread's own cipher of the JDK.
    static ThreadLocal<javax.crypto.Cipher> engines(String transformation) {
        return ThreadLocal.withInitial(() -> {
            try {
                return javax.crypto.Cipher.getInstance(transformation);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + transformation, e);
            }
        });
    }

    @Override
    public final void seal(
            byte[] nonce,
            int nonceOffset,
            byte[] associatedData,
            byte[] plaintext,
            int offset,
            int length,
            byte[] target,
            int targetOffset) {
        checkPlaces(nonce, nonceOffset, plaintext, offset, length);
        Objects.checkFromIndexSize(targetOffset, Math.addExact(length, TAG_LENGTH), target.length);
        try {
            javax.crypto.Cipher engine = engine(javax.crypto.Cipher.ENCRYPT_MODE, nonce, nonceOffset);
            engine.updateAAD(associatedData);
            engine.doFinal(plaintext, offset, length, target, targetOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public final boolean open(
            byte[] nonce,
            int nonceOffset,
            byte[] associatedData,
            byte[] ciphertext,
            int offset,
            int length,
            byte[] target,
            int targetOffset) {
        checkPlaces(nonce, nonceOffset, ciphertext, offset, length);
        if (length < TAG_LENGTH) {
            throw new IllegalArgumentException("no room for a tag: length " + length);
        }
        Objects.checkFromIndexSize(targetOffset, length - TAG_LENGTH, target.length);
        try {
            javax.crypto.Cipher engine = engine(javax.crypto.Cipher.DECRYPT_MODE, nonce, nonceOffset);
            engine.updateAAD(associatedData);
            engine.doFinal(ciphertext, offset, length, target, targetOffset);
            return true;
        } catch (AEADBadTagException e) {
            // The target holds no plaintext: the JDK checks the tag first (ChaCha20) or erases what it wrote (GCM).
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed", e);
        }
    }

    private static void checkPlaces(byte[] nonce, int nonceOffset, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(nonceOffset, NONCE_LENGTH, nonce.length);
        Objects.checkFromIndexSize(offset, length, source.length);
    }

    private javax.crypto.Cipher engine(int mode, byte[] nonce, int nonceOffset) throws GeneralSecurityException {
        AlgorithmParameterSpec parameters = messageParameters(nonce, nonceOffset);
        ErasableKey key = new ErasableKey(keyAlgorithm, messageKey(nonce, nonceOffset));
        try {
            return started(mode, key, parameters);
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            // An engine does not encrypt with key and nonce of its last message. That catches one way only of using a
            // nonce twice, and what is sealed should not depend on what the thread did before: take a new engine.
            engines.remove();
            return started(mode, key, parameters);
        } finally {
            key.destroy();
        }
    }

    private javax.crypto.Cipher started(int mode, ErasableKey key, AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        javax.crypto.Cipher engine = engines.get();
        engine.init(mode, key, parameters);
        return engine;
    }

    /// Nothing of the key.
    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
