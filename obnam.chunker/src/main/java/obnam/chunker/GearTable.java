package obnam.chunker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Derives the table G of the chunker `gear` from its key.
///
/// For n from 0 to 63, block n is HMAC-SHA-256 under the key over the 11 bytes that are the ASCII text `obnam gear`
/// followed by one byte of value n. A block's 32 bytes are four unsigned 64-bit numbers, big-endian:
/// `G[4n]`, `G[4n + 1]`, `G[4n + 2]`, `G[4n + 3]`.
final class GearTable {

    /// Length of the key in bytes.
    static final int KEY_LENGTH = 32;

    private static final int ENTRIES = 256;
    private static final int ENTRIES_PER_BLOCK = 4;
    private static final byte[] LABEL = "obnam gear".getBytes(StandardCharsets.US_ASCII);

    private GearTable() {}

    /// Makes the table of 256 numbers.
    ///
    /// @param key [#KEY_LENGTH] bytes; not kept
    static long[] derive(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("the key of the chunker gear has 32 bytes, but got " + key.length);
        }
        long[] table = new long[ENTRIES];
        Mac mac = mac(key);
        byte[] input = Arrays.copyOf(LABEL, LABEL.length + 1);
        for (int block = 0; block < ENTRIES / ENTRIES_PER_BLOCK; block++) {
            input[LABEL.length] = (byte) block;
            ByteBuffer.wrap(mac.doFinal(input)).asLongBuffer().get(table, block * ENTRIES_PER_BLOCK, ENTRIES_PER_BLOCK);
        }
        return table;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            // Every Java platform has to have HmacSHA256, and it takes any key that is not empty.
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }
}
