package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import obnam.api.KeyDeriver;
import obnam.api.KeyDeriver.Purpose;
import obnam.api.Providers;
import obnam.api.UsageException;
import org.junit.jupiter.api.Test;

/// What every [KeyDeriver] must keep. To test one, extend this class in the module that provides it:
///
/// ```java
/// final class MyDeriverTest extends KeyDeriverContract {
///     @Override
///     protected String name() {
///         return "my-deriver";
///     }
///
///     @Override
///     protected Map<String, Long> cheapest() {
///         return Map.of("rounds", 1000L);
///     }
/// }
/// ```
///
/// The deriver is looked up through [Providers], so the test also shows that it is registered. What the contract
/// cannot show is that the algorithm is the right one: add the published test vectors. Nothing is said about
/// results of different lengths for the same input; they may begin alike.
public abstract class KeyDeriverContract {

    private static final byte[] PASSPHRASE = "correct horse".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// For the extending class.
    protected KeyDeriverContract() {}

    /// The name of the deriver under test.
    protected abstract String name();

    /// The cheapest parameters that pass [KeyDeriver#check] for [Purpose#OPEN]; each of them may be 1 higher, too.
    protected abstract Map<String, Long> cheapest();

    private KeyDeriver deriver() {
        return new Providers(List.of()).keyDeriver(name());
    }

    @Test
    final void isRegisteredUnderItsName() {
        assertThat(deriver().name()).isEqualTo(name()).matches("[a-z0-9-]{1,32}");
    }

    @Test
    final void acceptsItsOwnDefaultsForNewKeysAndForOldOnes() {
        Map<String, Long> defaults = deriver().defaults();
        assertThatCode(() -> deriver().check(defaults, Purpose.CREATE)).doesNotThrowAnyException();
        assertThatCode(() -> deriver().check(defaults, Purpose.OPEN)).doesNotThrowAnyException();
        assertThat(defaults.keySet()).isEqualTo(cheapest().keySet());
    }

    @Test
    final void saysHowMuchMemoryItTakes() {
        for (Map<String, Long> parameters : List.of(deriver().defaults(), cheapest())) {
            assertThat(deriver().memory(parameters)).isBetween(0L, 8L << 30);
        }
    }

    @Test
    final void derivesTheSameAgainInANewArrayOfTheCaller() {
        byte[] first = derive(PASSPHRASE, SALT, cheapest(), 64);
        byte[] copy = first.clone();
        Arrays.fill(first, (byte) 0);
        assertThat(derive(PASSPHRASE, SALT, cheapest(), 64)).isEqualTo(copy);
    }

    @Test
    final void derivesExactlyTheLengthAskedFor() {
        for (int length : new int[] {16, 32, 63, 64, 65, 1024}) {
            byte[] derived = derive(PASSPHRASE, SALT, cheapest(), length);
            assertThat(derived).hasSize(length);
            assertThat(Arrays.copyOfRange(derived, length - 8, length)).isNotEqualTo(new byte[8]);
        }
    }

    @Test
    final void refusesOtherLengthsAndShortSalts() {
        for (int length : new int[] {-1, 0, 15, 1025, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> derive(PASSPHRASE, SALT, cheapest(), length))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> derive(PASSPHRASE, new byte[15], cheapest(), 64))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    final void everyInputChangesTheWholeResult() {
        byte[] first = derive(PASSPHRASE, SALT, cheapest(), 64);
        assertUnrelated(first, derive("correct horsf".getBytes(StandardCharsets.UTF_8), SALT, cheapest(), 64));
        assertUnrelated(first, derive("correct hors".getBytes(StandardCharsets.UTF_8), SALT, cheapest(), 64));
        byte[] salt = SALT.clone();
        salt[salt.length - 1] ^= 1;
        assertUnrelated(first, derive(PASSPHRASE, salt, cheapest(), 64));
        assertUnrelated(first, derive(PASSPHRASE, Arrays.copyOf(SALT, 32), cheapest(), 64));
        for (String parameter : cheapest().keySet()) {
            Map<String, Long> higher = with(cheapest(), parameter, cheapest().get(parameter) + 1);
            assertUnrelated(first, derive(PASSPHRASE, SALT, higher, 64));
        }
    }

    @Test
    final void takesAnyBytesAsPassphrase() {
        byte[] zero = derive(new byte[] {1, 0, 1}, SALT, cheapest(), 64);
        assertUnrelated(zero, derive(new byte[] {1}, SALT, cheapest(), 64));
        assertUnrelated(zero, derive(new byte[0], SALT, cheapest(), 64));
        byte[] notText = derive(new byte[] {(byte) 0xff, (byte) 0xfe}, SALT, cheapest(), 64);
        assertUnrelated(notText, derive(new byte[] {(byte) 0xfe, (byte) 0xff}, SALT, cheapest(), 64));
        byte[] longer = new byte[1000];
        byte[] first = derive(longer, SALT, cheapest(), 64);
        longer[999] = 1;
        assertUnrelated(first, derive(longer, SALT, cheapest(), 64));
    }

    @Test
    final void changesNothingItIsGiven() {
        byte[] passphrase = PASSPHRASE.clone();
        byte[] salt = SALT.clone();
        Map<String, Long> parameters = new HashMap<>(cheapest());
        derive(passphrase, salt, parameters, 64);
        assertThat(passphrase).isEqualTo(PASSPHRASE);
        assertThat(salt).isEqualTo(SALT);
        assertThat(parameters).isEqualTo(cheapest());
    }

    @Test
    final void refusesUnknownParameters() {
        assertRefused(with(deriver().defaults(), "no-such-parameter", 1L), "no-such-parameter");
    }

    @Test
    final void refusesMissingParametersAndNamesThem() {
        for (String parameter : cheapest().keySet()) {
            Map<String, Long> without = new HashMap<>(deriver().defaults());
            without.remove(parameter);
            assertRefused(without, parameter);
        }
    }

    /// The huge values would take years or all memory if any of them were used.
    @Test
    final void refusesSenselessValuesWithoutUsingThem() {
        for (String parameter : cheapest().keySet()) {
            for (long value : new long[] {
                Long.MIN_VALUE, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE, 1L << 32, (1L << 32) + 3, Long.MAX_VALUE
            }) {
                assertRefused(with(deriver().defaults(), parameter, value), parameter);
            }
        }
    }

    /// A deriver may have one floor for both purposes, but not a lower one for new keys.
    @Test
    final void refusesForOldKeysNothingThatIsGoodEnoughForNewOnes() {
        for (String parameter : cheapest().keySet()) {
            for (long value = 1; value > 0 && value < 1L << 40; value *= 2) {
                Map<String, Long> parameters = with(deriver().defaults(), parameter, value);
                if (accepts(parameters, Purpose.CREATE)) {
                    assertThat(accepts(parameters, Purpose.OPEN))
                            .as(parameters.toString())
                            .isTrue();
                }
            }
        }
    }

    private void assertRefused(Map<String, Long> parameters, String parameter) {
        for (Purpose purpose : Purpose.values()) {
            assertThatThrownBy(() -> deriver().check(parameters, purpose))
                    .as(parameters.toString())
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(parameter);
        }
    }

    private boolean accepts(Map<String, Long> parameters, Purpose purpose) {
        try {
            deriver().check(parameters, purpose);
            return true;
        } catch (UsageException e) {
            return false;
        }
    }

    private static Map<String, Long> with(Map<String, Long> parameters, String parameter, long value) {
        Map<String, Long> changed = new HashMap<>(parameters);
        changed.put(parameter, value);
        return changed;
    }

    private byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
        return deriver().derive(passphrase, salt, parameters, length);
    }

    private static void assertUnrelated(byte[] first, byte[] second) {
        for (int i = 0; i < first.length; i += 8) {
            assertThat(Arrays.copyOfRange(second, i, i + 8)).isNotEqualTo(Arrays.copyOfRange(first, i, i + 8));
        }
    }
}
