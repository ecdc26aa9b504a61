package obnam.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import obnam.api.Cipher;
import obnam.testkit.CipherContract;
import org.junit.jupiter.api.Test;

/// The vectors are those of draft-irtf-cfrg-xchacha-03, sections 2.2.1 and A.3.1.
final class XChaCha20Poly1305Test extends CipherContract {

    @Override
    protected int suite() {
        return 2;
    }

    @Test
    void keepsTheVectorOfHChaCha20() {
        byte[] key = rising(0, 32);
        byte[] input = HexFormat.of().parseHex("ff000000090000004a0000000031415927");
        assertThat(HexFormat.of().formatHex(new HChaCha20(key).derive(input, 1)))
                .isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @Test
    void keepsTheVectorOfTheWholeCipher() {
        byte[] plaintext = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                        + "future, sunscreen would be it.")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] associated = HexFormat.of().parseHex("50515253c0c1c2c3c4c5c6c7");
        byte[] sealed = new byte[plaintext.length + Cipher.TAG_LENGTH];
        Cipher cipher = new XChaCha20Poly1305(rising(0x80, 32));
        cipher.seal(rising(0x40, 24), 0, associated, plaintext, 0, plaintext.length, sealed, 0);
        assertThat(HexFormat.of().formatHex(sealed))
                .isEqualTo("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                        + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                        + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                        + "21f9664c97637da9768812f615c68b13b52e"
                        + "c0875924c1c7987947deafd8780acf49");
    }

    @Test
    void showsNothingOfItsKey() {
        assertThat(new XChaCha20Poly1305(rising(0, 32))).hasToString("XChaCha20Poly1305");
    }

    private static byte[] rising(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
