package obnam.crypto;

import obnam.api.Cipher;

/// Suite 2, the one for machines without AES instructions, where AES would be slow and leak through its timing.
public final class XChaChaProvider implements Cipher.Provider {

    @Override
    public String name() {
        return "xchacha20-poly1305";
    }

    @Override
    public int suite() {
        return 2;
    }

    @Override
    public Cipher create(byte[] key) {
        return new XChaCha20Poly1305(key);
    }
}
