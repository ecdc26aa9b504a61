package obnam.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import obnam.api.KeyDeriver.Purpose;
import obnam.api.UsageException;
import obnam.testkit.KeyDeriverContract;
import org.junit.jupiter.api.Test;

final class Pbkdf2Test extends KeyDeriverContract {

    @Override
    protected String name() {
        return "pbkdf2-hmac-sha-512";
    }

    @Override
    protected Map<String, Long> cheapest() {
        return Map.of("iterations", 100_000L);
    }

    /// The inputs of RFC 6070 with SHA-512; published many times, CPython's tests among them.
    @Test
    void keepsThePublishedVectors() {
        assertThat(generated("password", "salt", 1, 64))
                .isEqualTo("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
                        + "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
        assertThat(generated("password", "salt", 2, 64))
                .isEqualTo("e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
                        + "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e");
        assertThat(generated("password", "salt", 4096, 64))
                .isEqualTo("d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
                        + "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5");
        assertThat(generated("passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25))
                .isEqualTo("8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868");
    }

    @Test
    void agreesWithTheJdkOnLongerKeys() throws Exception {
        SecretKeyFactory jdk = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512");
        PBEKeySpec spec = new PBEKeySpec(
                "correct horse".toCharArray(), "a salt of the JDK".getBytes(StandardCharsets.US_ASCII), 7, 8 * 200);
        assertThat(generated("correct horse", "a salt of the JDK", 7, 200))
                .isEqualTo(HexFormat.of().formatHex(jdk.generateSecret(spec).getEncoded()));
    }

    @Test
    void hasAHigherFloorForNewKeysAndACeiling() {
        assertThatCode(() -> check(220_000, Purpose.CREATE)).doesNotThrowAnyException();
        assertThatCode(() -> check(100_000, Purpose.OPEN)).doesNotThrowAnyException();
        assertThatCode(() -> check(50_000_000, Purpose.OPEN)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(219_999, Purpose.CREATE)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> check(99_999, Purpose.OPEN)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> check(50_000_001, Purpose.OPEN)).isInstanceOf(UsageException.class);
    }

    private static void check(long iterations, Purpose purpose) {
        new Pbkdf2().check(Map.of("iterations", iterations), purpose);
    }

    private static String generated(String passphrase, String salt, long iterations, int length) {
        byte[] derived = Pbkdf2.generate(
                passphrase.getBytes(StandardCharsets.UTF_8),
                salt.getBytes(StandardCharsets.US_ASCII),
                iterations,
                length);
        return HexFormat.of().formatHex(derived);
    }
}
