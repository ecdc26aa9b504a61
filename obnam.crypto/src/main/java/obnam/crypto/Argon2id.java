package obnam.crypto;

import java.util.List;
import java.util.Map;
import obnam.api.KeyDeriver;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106), version 0x13, without secret and associated data.
///
/// All its memory is taken from the Java heap, in one thread, and if there is not enough of it the derivation ends
/// with an [OutOfMemoryError]. Derive early and let go, or in a process of its own: what lies in the heap beside it
/// counts against the same limit.
public final class Argon2id implements KeyDeriver {

    private static final String NAME = "argon2id";
    private static final String ITERATIONS = "iterations";
    private static final String MEMORY = "memoryKiB";
    private static final String PARALLELISM = "parallelism";
    /// Header and padding of an array and of the object that holds it, and a reference to that object; in bytes.
    private static final int BESIDE_A_BLOCK = 48;

    /// The floor for new keys is the second choice of RFC 9106, the floor for old ones the least memory OWASP
    /// names.
    private static final DeriverParameters PARAMETERS = new DeriverParameters(
            NAME,
            List.of(
                    new DeriverParameter(ITERATIONS, 3, 3, 1, 16),
                    new DeriverParameter(MEMORY, 256 * 1024, 64 * 1024, 19 * 1024, 1024 * 1024),
                    new DeriverParameter(PARALLELISM, 4, 1, 1, 16)));

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

    /// Blocks of a KiB, each an array, and an array of references to them.
    @Override
    public long memory(Map<String, Long> parameters) {
        return parameters.get(MEMORY) * (1024 + BESIDE_A_BLOCK);
    }

    @Override
    public byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
        check(parameters, Purpose.OPEN);
        DeriverParameters.checkCall(salt, length);
        Argon2Parameters.Builder builder = parameters(
                salt,
                parameters.get(ITERATIONS).intValue(),
                parameters.get(MEMORY).intValue(),
                parameters.get(PARALLELISM).intValue());
        return generate(passphrase, builder, length);
    }

    static Argon2Parameters.Builder parameters(byte[] salt, int iterations, int memoryKiB, int parallelism) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withIterations(iterations)
                .withMemoryAsKB(memoryKiB)
                .withParallelism(parallelism);
    }

    /// The function itself, without limits.
    static byte[] generate(byte[] passphrase, Argon2Parameters.Builder builder, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(builder.build());
        byte[] result = new byte[length];
        generator.generateBytes(passphrase, result);
        return result;
    }
}
