package obnam.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// A key for one call of the JDK, erased after it. [javax.crypto.spec.SecretKeySpec] would keep a copy that nobody
/// can erase, and refuses the empty key that HMAC allows.
///
/// Compared by identity, never written: serialization is refused.
final class ErasableKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;

    /// @param bytes not copied; erased by [#destroy]
    ErasableKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }

    private void writeObject(java.io.ObjectOutputStream stream) throws java.io.NotSerializableException {
        throw new java.io.NotSerializableException("a key");
    }

    private void readObject(java.io.ObjectInputStream stream) throws java.io.NotSerializableException {
        throw new java.io.NotSerializableException("a key");
    }
}
