package obnam.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;

/// XAES-256-GCM as specified at <https://c2sp.org/XAES-256-GCM>, where the names of the steps come from.
///
/// A message costs two AES blocks more than AES-256-GCM, and an AES key schedule. The schedule of the long-lived
/// key is made once per thread.
final class Xaes256Gcm extends ExtendedNonceCipher {

    private static final ThreadLocal<javax.crypto.Cipher> ENGINES = engines("AES/GCM/NoPadding");
    private static final int BLOCK = 16;
    private static final int CONTEXT_LENGTH = 12;
    private static final byte LABEL = 'X';

    private final ThreadLocal<javax.crypto.Cipher> blockCiphers;
    private final byte[] k1;

    /// @param key copied
    Xaes256Gcm(byte[] key) {
        super(ENGINES, "AES");
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        ErasableKey kept = new ErasableKey("AES", key.clone());
        this.blockCiphers = ThreadLocal.withInitial(() -> blockCipher(kept));
        this.k1 = k1();
    }

    private static javax.crypto.Cipher blockCipher(ErasableKey key) {
        try {
            javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(javax.crypto.Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("this Java refuses AES keys of 256 bits", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES/ECB/NoPadding", e);
        }
    }

    /// Steps 1 and 2: the sub-key of CMAC, the same for all messages.
    private byte[] k1() {
        byte[] block = encrypt(new byte[BLOCK]);
        int carry = 0;
        int mostSignificant = block[0] >>> 7 & 1;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = (block[i] & 0xff) << 1 | carry;
            carry = shifted >>> 8;
            block[i] = (byte) shifted;
        }
        block[BLOCK - 1] ^= (byte) (mostSignificant * 0x87);
        return block;
    }

    /// Steps 3 to 5.
    @Override
    byte[] messageKey(byte[] nonce, int offset) {
        byte[] m = new byte[2 * BLOCK];
        for (int i = 0; i < 2; i++) {
            int start = i * BLOCK;
            m[start + 1] = (byte) (i + 1);
            m[start + 2] = LABEL;
            System.arraycopy(nonce, offset, m, start + BLOCK - CONTEXT_LENGTH, CONTEXT_LENGTH);
            for (int j = 0; j < BLOCK; j++) {
                m[start + j] ^= k1[j];
            }
        }
        byte[] key = encrypt(m);
        Arrays.fill(m, (byte) 0); // it holds K1
        return key;
    }

    /// Step 6.
    @Override
    AlgorithmParameterSpec messageParameters(byte[] nonce, int offset) {
        return new GCMParameterSpec(8 * TAG_LENGTH, nonce, offset + CONTEXT_LENGTH, NONCE_LENGTH - CONTEXT_LENGTH);
    }

    private byte[] encrypt(byte[] blocks) {
        byte[] encrypted = new byte[blocks.length];
        try {
            blockCiphers.get().doFinal(blocks, 0, blocks.length, encrypted, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("AES made more bytes than it was given", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
        return encrypted;
    }
}
