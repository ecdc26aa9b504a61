package obnam.insecure;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import obnam.api.KeyDeriver;
import obnam.api.UsageException;

/// **Insecure on purpose**: the key deriver `testkit-cheap` takes microseconds, so that tests can make
/// repositories. No distribution of the program has it; a repository made with it can be opened by no program that
/// is installed.
public final class CheapKeyDeriver implements KeyDeriver {

    private static final String NAME = "testkit-cheap";
    private static final String ROUNDS = "rounds";
    private static final long MOST_ROUNDS = 10;

    /// For [java.util.ServiceLoader].
    public CheapKeyDeriver() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Long> defaults() {
        return Map.of(ROUNDS, 1L);
    }

    @Override
    public void check(Map<String, Long> parameters, Purpose purpose) {
        Long rounds = parameters.get(ROUNDS);
        if (rounds == null
                || rounds < 1
                || rounds > MOST_ROUNDS
                || !parameters.keySet().equals(Set.of(ROUNDS))) {
            throw new UsageException(
                    "parameters of a key derivation are refused",
                    NAME + " " + parameters,
                    "It has one parameter, " + ROUNDS + ", from 1 to " + MOST_ROUNDS);
        }
    }

    @Override
    public byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
        check(parameters, Purpose.OPEN);
        if (salt.length < 16 || length < 16 || length > 1024) {
            throw new IllegalArgumentException("a salt of " + salt.length + " bytes, a key of " + length);
        }
        byte[] result = new byte[length];
        for (int filled = 0; filled < length; ) {
            byte[] block = hash(passphrase, salt, parameters.get(ROUNDS), filled);
            int part = Math.min(block.length, length - filled);
            System.arraycopy(block, 0, result, filled, part);
            filled += part;
        }
        return result;
    }

    private static byte[] hash(byte[] passphrase, byte[] salt, long rounds, int place) {
        try {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            byte[] text = Arrays.toString(new int[] {passphrase.length, salt.length, (int) rounds, place})
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            sha512.update(text);
            sha512.update(passphrase);
            return sha512.digest(salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }
}
