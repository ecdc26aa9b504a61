package obnam.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import obnam.api.KeyDeriver.Purpose;
import obnam.api.UsageException;
import obnam.testkit.KeyDeriverContract;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

final class Argon2idTest extends KeyDeriverContract {

    @Override
    protected String name() {
        return "argon2id";
    }

    @Override
    protected Map<String, Long> cheapest() {
        return parameters(1, 19 * 1024, 1);
    }

    /// RFC 9106, section 5.3. Secret and associated data, which we never use, are part of it.
    @Test
    void keepsTheVectorOfTheRfc() {
        Argon2Parameters.Builder builder = Argon2id.parameters(filled(2, 16), 3, 32, 4)
                .withSecret(filled(3, 8))
                .withAdditional(filled(4, 12));
        assertThat(HexFormat.of().formatHex(Argon2id.generate(filled(1, 32), builder, 32)))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void hasAHigherFloorForNewKeys() {
        assertAccepted(parameters(3, 64 * 1024, 1), Purpose.CREATE);
        assertRefused(parameters(2, 64 * 1024, 1), Purpose.CREATE, "iterations = 2, at least 3");
        assertRefused(parameters(3, 64 * 1024 - 1, 1), Purpose.CREATE, "memoryKiB = 65535, at least 65536");
        assertAccepted(parameters(1, 19 * 1024, 1), Purpose.OPEN);
        assertRefused(parameters(1, 19 * 1024 - 1, 1), Purpose.OPEN, "memoryKiB = 19455, at least 19456");
    }

    @Test
    void hasACeilingForEveryParameter() {
        assertAccepted(parameters(16, 64 * 1024, 16), Purpose.OPEN);
        assertRefused(parameters(17, 64 * 1024, 16), Purpose.OPEN, "iterations = 17, at most 16");
        assertRefused(parameters(16, 64 * 1024, 17), Purpose.OPEN, "parallelism = 17, at most 16");
        assertRefused(parameters(1, 1024 * 1024 + 1, 1), Purpose.OPEN, "memoryKiB = 1048577, at most 1048576");
    }

    @Test
    void takesALittleMoreThanTheMemoryOfItsParameters() {
        long memory = new Argon2id().memory(parameters(3, 256 * 1024, 4));
        assertThat(memory).isBetween(256L << 20, 270L << 20);
    }

    @Test
    void refusesToDeriveWithParametersItWouldNotOpen() {
        assertThatThrownBy(() -> new Argon2id().derive(new byte[8], new byte[16], parameters(1, 8, 1), 32))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("memoryKiB");
    }

    private static void assertAccepted(Map<String, Long> parameters, Purpose purpose) {
        assertThatCode(() -> new Argon2id().check(parameters, purpose)).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, Long> parameters, Purpose purpose, String why) {
        assertThatThrownBy(() -> new Argon2id().check(parameters, purpose))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    private static Map<String, Long> parameters(long iterations, long memoryKiB, long parallelism) {
        return Map.of("iterations", iterations, "memoryKiB", memoryKiB, "parallelism", parallelism);
    }

    private static byte[] filled(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
