package obnam.crypto;

import obnam.api.Cipher;

/// Suite 1, the one for machines with AES instructions.
public final class XaesProvider implements Cipher.Provider {

    @Override
    public String name() {
        return "xaes-256-gcm";
    }

    @Override
    public int suite() {
        return 1;
    }

    @Override
    public Cipher create(byte[] key) {
        return new Xaes256Gcm(key);
    }
}
