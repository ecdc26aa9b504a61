package obnam.hash;

import obnam.api.Hasher;

/// Provides the hasher `hmac-sha-256`: HMAC-SHA-256 with a key of 32 bytes; the id is the whole result.
public final class HmacSha256Provider implements Hasher.Provider {

    private static final int KEY_LENGTH = 32;

    /// For [java.util.ServiceLoader].
    public HmacSha256Provider() {}

    @Override
    public String name() {
        return "hmac-sha-256";
    }

    @Override
    public int keyLength() {
        return KEY_LENGTH;
    }

    @Override
    public Hasher create(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("the key of hmac-sha-256 has 32 bytes, but got " + key.length);
        }
        return new HmacSha256(key);
    }
}
