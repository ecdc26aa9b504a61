package obnam.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import obnam.api.ChunkId;
import org.junit.jupiter.api.Test;

/// Published vectors. HMAC fills keys up with zeros to the block of 64 bytes, so the cases 1 to 4 of RFC 4231,
/// whose keys are shorter than 32 bytes, hold for their keys filled up to 32. Its other cases have longer keys or a
/// cut result; the last two vectors here were calculated with `openssl dgst -sha256 -mac HMAC` and Python's `hmac`,
/// which agree.
class HmacSha256Test {

    private static final String FULL_KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void rfc4231Case1() {
        assertThat(id("0b".repeat(20), "Hi There".getBytes(US_ASCII)))
                .hasToString("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void rfc4231Case2() {
        assertThat(id("4a656665", "what do ya want for nothing?".getBytes(US_ASCII)))
                .hasToString("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void rfc4231Case3() {
        assertThat(id("aa".repeat(20), filled(50, 0xdd)))
                .hasToString("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    }

    @Test
    void rfc4231Case4() {
        assertThat(id("0102030405060708090a0b0c0d0e0f10111213141516171819", filled(50, 0xcd)))
                .hasToString("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    }

    @Test
    void nothingUnderAFullKey() {
        assertThat(id(FULL_KEY, new byte[0]))
                .hasToString("d38b42096d80f45f826b44a9d5607de72496a415d3f4a1a8c88e3bb9da8dc1cb");
    }

    @Test
    void aLargeChunkUnderAFullKey() {
        byte[] data = new byte[256 << 10];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i % 251);
        }

        assertThat(id(FULL_KEY, data)).hasToString("07ca222b21966e1d0250ed613e252e457a89523ff2ccf3c54ca109dcbd7845cc");
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new HmacSha256Provider().create(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }

    private static ChunkId id(String hexKey, byte[] data) {
        byte[] key = Arrays.copyOf(HexFormat.of().parseHex(hexKey), 32);
        return new HmacSha256Provider().create(key).hash(data, 0, data.length);
    }

    private static byte[] filled(int length, int value) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) value);
        return data;
    }
}
