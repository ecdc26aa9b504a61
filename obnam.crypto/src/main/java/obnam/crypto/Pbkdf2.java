package obnam.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import obnam.api.KeyDeriver;

/// PBKDF2 (RFC 8018, section 5.2) with HMAC-SHA-512: for who must use approved algorithms only. It takes next to no
/// memory, so graphics processors guess at it far faster than at Argon2id; prefer [Argon2id].
///
/// Built on [Mac], because the JDK's own PBKDF2 takes characters, and a passphrase may be any bytes. HMAC pads its
/// key with zeros, so zero bytes at the end of a passphrase shorter than 128 bytes do not count.
public final class Pbkdf2 implements KeyDeriver {

    private static final String NAME = "pbkdf2-hmac-sha-512";
    private static final String ITERATIONS = "iterations";
    private static final String MAC = "HmacSHA512";

    /// OWASP asks for 220,000 where every log-in at a server pays for it; that is the floor for new keys. Here one
    /// derivation per machine pays, and an attacker has the data for ever, so the default takes nearly as long
    /// as that of Argon2id. The ceiling is about a minute.
    private static final DeriverParameters PARAMETERS = new DeriverParameters(
            NAME, List.of(new DeriverParameter(ITERATIONS, 1_000_000, 220_000, 100_000, 50_000_000)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Long> defaults() {
        return PARAMETERS.defaults();
    }

    @Override
    public void check(Map<String, Long> parameters, Purpose purpose) {
        PARAMETERS.check(parameters, purpose);
    }

    @Override
    public byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
        check(parameters, Purpose.OPEN);
        DeriverParameters.checkCall(salt, length);
        return generate(passphrase, salt, parameters.get(ITERATIONS), length);
    }

    /// The function itself, without limits.
    static byte[] generate(byte[] passphrase, byte[] salt, long iterations, int length) {
        ErasableKey key = new ErasableKey(MAC, passphrase.clone());
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] result = new byte[length];
            int filled = 0;
            for (int number = 1; filled < length; number++) {
                byte[] block = block(mac, salt, number, iterations);
                int part = Math.min(block.length, length - filled);
                System.arraycopy(block, 0, result, filled, part);
                Arrays.fill(block, (byte) 0);
                filled += part;
            }
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + MAC, e);
        } finally {
            key.destroy();
        }
    }

    private static byte[] block(Mac mac, byte[] salt, int number, long iterations) throws GeneralSecurityException {
        mac.update(salt);
        byte[] chain = mac.doFinal(ByteBuffer.allocate(4).putInt(number).array());
        byte[] sum = chain.clone();
        for (long i = 1; i < iterations; i++) {
            mac.update(chain);
            mac.doFinal(chain, 0);
            for (int j = 0; j < sum.length; j++) {
                sum[j] ^= chain[j];
            }
        }
        Arrays.fill(chain, (byte) 0);
        return sum;
    }
}
