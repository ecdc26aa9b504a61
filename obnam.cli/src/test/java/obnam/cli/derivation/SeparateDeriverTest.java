package obnam.cli.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import obnam.api.InterruptedRunException;
import obnam.api.KeyDeriver;
import obnam.api.LocalException;
import obnam.api.UsageException;
import obnam.cli.settings.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the deriver makes of all that a process can answer; the processes are shell scripts. The real one is used by
/// the tests of the whole program.
class SeparateDeriverTest {

    private static final byte[] PASSPHRASE = "secret".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SALT = new byte[16];
    private static final int LENGTH = 64;
    /// Takes the message, answers, and waits for the end of its input.
    private static final String ANSWER = "head -c 16384 >/dev/null; printf %%0%dd 0; cat";

    private record Hungry(long needs) implements KeyDeriver {
        @Override
        public String name() {
            return "hungry";
        }

        @Override
        public Map<String, Long> defaults() {
            return Map.of("n", 1L);
        }

        @Override
        public void check(Map<String, Long> parameters, Purpose purpose) {
            if (parameters.isEmpty()) {
                throw new UsageException("too weak", "hungry", "");
            }
        }

        @Override
        public long memory(Map<String, Long> parameters) {
            return needs;
        }

        @Override
        public byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
            byte[] key = new byte[length];
            Arrays.fill(key, (byte) 7);
            return key;
        }
    }

    private static byte[] derive(String script) {
        KeyDeriver deriver = new SeparateDeriver(
                new Hungry(1 << 20), MemoryLimit.NONE, _ -> List.of("/bin/sh", "-c", "PATH=/usr/bin:/bin; " + script));
        return deriver.derive(PASSPHRASE, SALT, Map.of("n", 1L), LENGTH);
    }

    @Test
    void theAnswerIsTheKey() {
        assertThat(derive(ANSWER.formatted(LENGTH))).hasSize(LENGTH).containsOnly('0');
    }

    @Test
    void theProcessGetsThePassphraseThroughItsInputOnly() {
        String hex = HexFormat.of()
                .formatHex(derive("grep -q sec\"\"ret /proc/self/environ /proc/$$/cmdline && exit 9;"
                        + " head -c 16384 | sha256sum | head -c 64; cat"));
        byte[] message = new DerivationRequest("hungry", Map.of("n", 1L), SALT, LENGTH, PASSPHRASE).encode();
        assertThat(new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
                .isEqualTo(sha256(message));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneThatNeedsNoMemoryStaysHere() {
        KeyDeriver deriver = new SeparateDeriver(new Hungry(0), MemoryLimit.NONE, _ -> List.of("/nowhere"));
        assertThat(deriver.derive(PASSPHRASE, SALT, Map.of("n", 1L), LENGTH)).containsOnly(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, LENGTH - 1, LENGTH + 1, 100_000})
    void anAnswerOfAnotherLengthIsRefused(int length) {
        String script = length == 0 ? "head -c 16384 >/dev/null" : ANSWER.formatted(length);
        assertThatThrownBy(() -> derive(length < LENGTH ? script.replace("; cat", "") : script))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("the process that derives keys failed: hungry, exit code");
    }

    @Test
    void anAnswerOfAProcessThatFailsIsRefused() {
        assertThatThrownBy(() -> derive(ANSWER.formatted(LENGTH) + "; echo why >&2; exit 9"))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("exit code 9, 64 bytes")
                .hasRootCauseMessage("the process said: why\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "exit 3", "kill -9 $$"})
    void tooLittleMemoryIsOneLineWithAdvice(String end) {
        assertThatThrownBy(() -> derive(end))
                .isInstanceOf(UsageException.class)
                .hasMessage("a key derivation did not get the memory it needs: hungry needs 129 MiB. Free so much "
                        + "memory, or lift what limits it; a new repository does with less: --kdf pbkdf2-hmac-sha-512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aProcessThatIsStoppedStopsTheCommand(String signal) {
        assertThatThrownBy(() -> derive("kill -" + signal + " $$; cat")).isInstanceOf(InterruptedRunException.class);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        KeyDeriver deriver = new SeparateDeriver(new Hungry(1), MemoryLimit.NONE, _ -> List.of("/nowhere/java"));
        assertThatThrownBy(() -> deriver.derive(PASSPHRASE, SALT, Map.of("n", 1L), LENGTH))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("/nowhere/java");
    }

    @Test
    void parametersAreCheckedBeforeAProcessIsStarted() {
        KeyDeriver deriver = new SeparateDeriver(new Hungry(1), MemoryLimit.NONE, _ -> List.of("/nowhere/java"));
        assertThatThrownBy(() -> deriver.derive(PASSPHRASE, SALT, Map.of(), LENGTH))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too weak");
    }

    @Test
    void theMemoryLimitHoldsForTheProcessToo() {
        KeyDeriver deriver =
                new SeparateDeriver(new Hungry(256 << 20), MemoryLimit.parse("300M"), _ -> List.of("/nowhere/java"));
        assertThatThrownBy(() -> deriver.derive(PASSPHRASE, SALT, Map.of("n", 1L), LENGTH))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("hungry needs 384 MiB, allowed are 300 MiB. Raise --memory-limit to 384M");
    }

    @Test
    void theProcessRefusesWhatIsNoRequest() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : List.of(new byte[0], new byte[2], new byte[100], new byte[] {127, 0, 0, 0, 1})) {
            assertThat(DerivationProcess.run(new ByteArrayInputStream(message), out))
                    .isEqualTo(4);
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void theCommandNamesThisProgramAndTheHeap() {
        assertThat(DerivationCommand.of(256 << 20))
                .contains("-Xmx320m", "-Xms320m")
                .last()
                .asString()
                .endsWith("obnam.cli.derivation.DerivationProcess");
    }
}
