package obnam.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import obnam.api.Cipher;
import obnam.testkit.CipherContract;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;

/// The vectors are those of the specification, <https://c2sp.org/XAES-256-GCM>.
final class Xaes256GcmTest extends CipherContract {

    private static final byte[] NONCE = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAINTEXT = "XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected int suite() {
        return 1;
    }

    @Test
    void keepsTheVectorWhereTheFirstBitOfLIsClear() {
        byte[] key = filled(1);
        assertThat(HexFormat.of().formatHex(new Xaes256Gcm(key).messageKey(NONCE, 0)))
                .isEqualTo("c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b");
        assertThat(sealed(key, "")).isEqualTo("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
    }

    @Test
    void keepsTheVectorWhereTheFirstBitOfLIsSet() {
        byte[] key = filled(3);
        assertThat(HexFormat.of().formatHex(new Xaes256Gcm(key).messageKey(NONCE, 0)))
                .isEqualTo("e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8");
        assertThat(sealed(key, "c2sp.org/XAES-256-GCM"))
                .isEqualTo("986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    /// Ten thousand random cases; the specification gives the hash of all ciphertexts together.
    @Test
    void keepsTheAccumulatedVectors() {
        SHAKEDigest random = new SHAKEDigest(128);
        SHAKEDigest hash = new SHAKEDigest(128);
        for (int i = 0; i < 10_000; i++) {
            byte[] key = next(random, Cipher.KEY_LENGTH);
            byte[] nonce = next(random, Cipher.NONCE_LENGTH);
            byte[] plaintext = next(random, next(random, 1)[0] & 0xff);
            byte[] associated = next(random, next(random, 1)[0] & 0xff);
            byte[] sealed = new byte[plaintext.length + Cipher.TAG_LENGTH];
            byte[] opened = new byte[plaintext.length];
            Cipher cipher = new Xaes256Gcm(key);
            cipher.seal(nonce, 0, associated, plaintext, 0, plaintext.length, sealed, 0);
            hash.update(sealed, 0, sealed.length);
            assertThat(cipher.open(nonce, 0, associated, sealed, 0, sealed.length, opened, 0))
                    .isTrue();
            assertThat(opened).isEqualTo(plaintext);
        }
        assertThat(HexFormat.of().formatHex(next(hash, 32)))
                .isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    void showsNothingOfItsKey() {
        assertThat(new Xaes256Gcm(filled(7))).hasToString("Xaes256Gcm");
    }

    private static String sealed(byte[] key, String associated) {
        byte[] target = new byte[PLAINTEXT.length + Cipher.TAG_LENGTH];
        byte[] data = associated.getBytes(StandardCharsets.US_ASCII);
        new Xaes256Gcm(key).seal(NONCE, 0, data, PLAINTEXT, 0, PLAINTEXT.length, target, 0);
        return HexFormat.of().formatHex(target);
    }

    private static byte[] next(SHAKEDigest source, int length) {
        byte[] bytes = new byte[length];
        source.doOutput(bytes, 0, length);
        return bytes;
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Cipher.KEY_LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
