package obnam.crypto;

import java.util.List;
import java.util.Map;
import obnam.api.KeyDeriver;
import obnam.api.UsageException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106), version 0x13, without secret and associated data.
///
/// All its memory is taken from the Java heap, in one thread. Derive early and let go: what lies in the heap beside
/// it counts against the same limit.
public final class Argon2id implements KeyDeriver {

    private static final String NAME = "argon2id";
    private static final String ITERATIONS = "iterations";
    private static final String MEMORY = "memoryKiB";
    private static final String PARALLELISM = "parallelism";

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
        checkHeap(parameters.get(MEMORY), Runtime.getRuntime().maxMemory());
    }

    /// The memory is one block of a KiB after the other, and a heap grows in steps: measured with JDK 25, the
    /// serial collector needs a heap of up to 1.42 times the memory, the others less.
    ///
    /// @param heap the most bytes the Java heap may have
    static void checkHeap(long memoryKiB, long heap) {
        if (heap / 1024 < memoryKiB + memoryKiB / 2) {
            long mebibytes = memoryKiB * 8 / 5 / 1024 + 1; // a little more, because one part of a heap stays empty
            throw new UsageException(
                    "a key derivation needs more memory than Java may use",
                    NAME + " " + MEMORY + " = " + memoryKiB,
                    "Start Java with -Xmx" + mebibytes + "m or more");
        }
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
