package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import obnam.api.Cipher;
import obnam.api.Providers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What every [Cipher] must keep. To test a cipher, extend this class in the module that provides it:
///
/// ```java
/// final class MyCipherTest extends CipherContract {
///     @Override
///     protected int suite() {
///         return 200;
///     }
/// }
/// ```
///
/// The cipher is looked up through [Providers], so the test also shows that it is registered. What the contract
/// cannot show is that the algorithm is the right one: add the published test vectors.
@TestInstance(Lifecycle.PER_CLASS)
public abstract class CipherContract {

    private static final int THREADS = 8;

    private final long seed = new Random().nextLong();

    /// For the extending class.
    protected CipherContract() {}

    /// The number of the suite under test.
    protected abstract int suite();

    private Cipher.Provider provider() {
        return new Providers(List.of()).cipher(suite());
    }

    @Test
    final void isRegisteredUnderItsSuiteWithAProperName() {
        assertThat(provider().suite()).isEqualTo(suite()).isBetween(1, 255);
        assertThat(provider().name()).matches("[a-z0-9-]{1,32}");
    }

    @Test
    final void opensWhatItSealedAtEveryLengthAndOffset() {
        Random random = new Random(seed);
        for (int length : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 4096, 1 << 20}) {
            for (int offset : new int[] {0, 1, 13}) {
                Message message = new Message(random, length);
                byte[] source = surrounded(message.plaintext, offset);
                byte[] target = bytes(random, offset + length + Cipher.TAG_LENGTH + 7);
                byte[] before = target.clone();
                byte[] nonce = surrounded(message.nonce, offset);
                message.cipher.seal(nonce, offset, message.associated, source, offset, length, target, offset);
                assertOutsideUnchanged(target, before, offset, length + Cipher.TAG_LENGTH);
                assertThat(Arrays.copyOfRange(target, offset, offset + length + Cipher.TAG_LENGTH))
                        .as(described(length))
                        .isEqualTo(message.seal());

                byte[] opened = bytes(random, offset + length + 7);
                before = opened.clone();
                int sealedLength = length + Cipher.TAG_LENGTH;
                assertThat(message.cipher.open(
                                nonce, offset, message.associated, target, offset, sealedLength, opened, offset))
                        .as(described(length))
                        .isTrue();
                assertThat(Arrays.copyOfRange(opened, offset, offset + length))
                        .as(described(length))
                        .isEqualTo(message.plaintext);
                assertOutsideUnchanged(opened, before, offset, length);
            }
        }
    }

    @Test
    final void fillsTheTargetToItsLastByte() {
        Message message = new Message(new Random(seed), 100);
        byte[] sealed = message.seal();
        assertThat(sealed).hasSize(100 + Cipher.TAG_LENGTH);
        assertThat(message.open(message.nonce, message.associated, sealed)).isTrue();
    }

    @Test
    final void refusesEveryChangedBitOfNonceAssociatedDataAndCiphertext() {
        Message message = new Message(new Random(seed), 33);
        byte[] sealed = message.seal();
        for (byte[] changed : withOneBitChanged(message.nonce)) {
            message.assertRefused(changed, message.associated, sealed);
        }
        for (byte[] changed : withOneBitChanged(message.associated)) {
            message.assertRefused(message.nonce, changed, sealed);
        }
        for (byte[] changed : withOneBitChanged(sealed)) {
            message.assertRefused(message.nonce, message.associated, changed);
        }
        assertThat(message.open(message.nonce, message.associated, sealed))
                .as(described(33))
                .isTrue();
    }

    @Test
    final void refusesAnythingTruncatedOrExtended() {
        Message message = new Message(new Random(seed), 33);
        byte[] sealed = message.seal();
        for (int length = Cipher.TAG_LENGTH; length < sealed.length; length++) {
            message.assertRefused(message.nonce, message.associated, Arrays.copyOf(sealed, length));
            message.assertRefused(
                    message.nonce,
                    message.associated,
                    Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
        }
        message.assertRefused(message.nonce, message.associated, Arrays.copyOf(sealed, sealed.length + 1));
        byte[] associated = message.associated;
        message.assertRefused(message.nonce, Arrays.copyOf(associated, associated.length - 1), sealed);
        message.assertRefused(message.nonce, Arrays.copyOf(associated, associated.length + 1), sealed);
        message.assertRefused(message.nonce, new byte[0], sealed);
    }

    @Test
    final void bindsAssociatedDataEvenWithoutPlaintext() {
        Message message = new Message(new Random(seed), 0);
        byte[] sealed = message.seal();
        for (byte[] changed : withOneBitChanged(message.associated)) {
            message.assertRefused(message.nonce, changed, sealed);
        }
        assertThat(message.open(message.nonce, message.associated, sealed))
                .as(described(0))
                .isTrue();
    }

    @Test
    final void refusesWhatAnotherKeySealed() {
        Random random = new Random(seed);
        Message message = new Message(random, 33);
        byte[] sealed = message.seal();
        for (byte[] changed : withOneBitChanged(message.key)) {
            byte[] target = new byte[33];
            assertThat(provider()
                            .create(changed)
                            .open(message.nonce, 0, message.associated, sealed, 0, sealed.length, target, 0))
                    .as(described(33))
                    .isFalse();
        }
    }

    @Test
    final void leavesNoPlaintextBehindWhenItRefuses() {
        Message message = new Message(new Random(seed), 1 << 20);
        byte[] sealed = message.seal();
        sealed[sealed.length - 1] ^= 1;
        byte[] target = new byte[1 << 20];
        assertThat(message.cipher.open(message.nonce, 0, message.associated, sealed, 0, sealed.length, target, 0))
                .as(described(1 << 20))
                .isFalse();
        assertThat(target).as(described(1 << 20)).containsOnly(0);
    }

    @Test
    final void everyByteOfTheNonceChangesTheWholeCiphertext() {
        Message message = new Message(new Random(seed), 64);
        byte[] first = message.seal();
        for (byte[] nonce : withOneBitChanged(message.nonce)) {
            byte[] other = message.seal(nonce);
            for (int i = 0; i < 80; i += 16) {
                assertThat(Arrays.copyOfRange(other, i, i + 16))
                        .as(described(64))
                        .isNotEqualTo(Arrays.copyOfRange(first, i, i + 16));
            }
        }
    }

    @Test
    final void sealsTheSameAgainAndUnderEveryInstanceOfOneKey() {
        Message message = new Message(new Random(seed), 1000);
        byte[] first = message.seal();
        assertThat(message.seal()).as(described(1000)).isEqualTo(first);
        byte[] again = new byte[first.length];
        provider().create(message.key).seal(message.nonce, 0, message.associated, message.plaintext, 0, 1000, again, 0);
        assertThat(again).as(described(1000)).isEqualTo(first);
    }

    @Test
    final void changesNothingItIsGiven() {
        Message message = new Message(new Random(seed), 1000);
        byte[] nonce = message.nonce.clone();
        byte[] associated = message.associated.clone();
        byte[] plaintext = message.plaintext.clone();
        byte[] sealed = message.seal();
        byte[] before = sealed.clone();
        assertThat(message.open(message.nonce, message.associated, sealed))
                .as(described(1000))
                .isTrue();
        assertThat(sealed).isEqualTo(before);
        assertThat(message.nonce).isEqualTo(nonce);
        assertThat(message.associated).isEqualTo(associated);
        assertThat(message.plaintext).isEqualTo(plaintext);
        assertThat(message.givenKey).isEqualTo(message.key);
    }

    /// In a thread that never used the cipher as well, because ciphers keep things per thread.
    @Test
    final void doesNotDependOnTheKeyOfTheCallerOnceItIsMade() throws Exception {
        Message message = new Message(new Random(seed), 1000);
        byte[] sealed = message.seal();
        Arrays.fill(message.givenKey, (byte) 0);
        assertThat(message.open(message.nonce, message.associated, sealed))
                .as(described(1000))
                .isTrue();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertThat(thread.submit(() -> message.open(message.nonce, message.associated, sealed))
                            .get())
                    .as(described(1000))
                    .isTrue();
        }
    }

    @Test
    final void refusesPlacesOutsideTheArrays() {
        Message message = new Message(new Random(seed), 33);
        byte[] sealed = message.seal();
        byte[] small = new byte[32];
        assertThatThrownBy(() -> message.cipher.seal(
                        message.nonce, 0, message.associated, message.plaintext, 0, 33, new byte[48], 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() ->
                        message.cipher.open(message.nonce, 0, message.associated, sealed, 0, sealed.length, small, 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(
                        () -> message.cipher.open(message.nonce, 0, message.associated, sealed, 0, 15, new byte[33], 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> provider()
                        .create(small.clone())
                        .seal(small, 9, message.associated, message.plaintext, 0, 33, new byte[49], 0))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    final void refusesKeysOfAnotherLength() {
        for (int length : new int[] {0, 16, 31, 33, 64}) {
            assertThatThrownBy(() -> provider().create(new byte[length])).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    final void worksInManyThreadsAtOnce() throws Exception {
        Message shared = new Message(new Random(seed), 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed + i);
                work.add(() -> roundTrips(shared, random));
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).as(described(-1)).isTrue();
            }
        }
    }

    private static boolean roundTrips(Message shared, Random random) {
        for (int i = 0; i < 200; i++) {
            byte[] plaintext = bytes(random, random.nextInt(10_000));
            byte[] nonce = bytes(random, Cipher.NONCE_LENGTH);
            byte[] sealed = new byte[plaintext.length + Cipher.TAG_LENGTH];
            byte[] opened = new byte[plaintext.length];
            shared.cipher.seal(nonce, 0, shared.associated, plaintext, 0, plaintext.length, sealed, 0);
            if (!shared.cipher.open(nonce, 0, shared.associated, sealed, 0, sealed.length, opened, 0)
                    || !Arrays.equals(opened, plaintext)) {
                return false;
            }
        }
        return true;
    }

    /// A cipher and something to seal with it.
    private final class Message {
        final byte[] key;
        final byte[] givenKey;
        final byte[] nonce;
        final byte[] associated;
        final byte[] plaintext;
        final Cipher cipher;

        Message(Random random, int length) {
            key = bytes(random, Cipher.KEY_LENGTH);
            givenKey = key.clone();
            nonce = bytes(random, Cipher.NONCE_LENGTH);
            associated = bytes(random, 21);
            plaintext = bytes(random, length);
            cipher = provider().create(givenKey);
        }

        byte[] seal() {
            return seal(nonce);
        }

        byte[] seal(byte[] with) {
            byte[] sealed = new byte[plaintext.length + Cipher.TAG_LENGTH];
            cipher.seal(with, 0, associated, plaintext, 0, plaintext.length, sealed, 0);
            return sealed;
        }

        boolean open(byte[] with, byte[] data, byte[] sealed) {
            byte[] opened = new byte[sealed.length - Cipher.TAG_LENGTH];
            boolean good = cipher.open(with, 0, data, sealed, 0, sealed.length, opened, 0);
            return good && Arrays.equals(opened, plaintext);
        }

        void assertRefused(byte[] with, byte[] data, byte[] sealed) {
            byte[] opened = new byte[sealed.length - Cipher.TAG_LENGTH];
            assertThat(cipher.open(with, 0, data, sealed, 0, sealed.length, opened, 0))
                    .as(described(plaintext.length))
                    .isFalse();
        }
    }

    private String described(int length) {
        return "seed " + seed + ", length " + length;
    }

    private void assertOutsideUnchanged(byte[] after, byte[] before, int offset, int length) {
        System.arraycopy(after, offset, before, offset, length);
        assertThat(after).as(described(length)).isEqualTo(before);
    }

    private static byte[] surrounded(byte[] data, int offset) {
        byte[] larger = new byte[offset + data.length + 5];
        System.arraycopy(data, 0, larger, offset, data.length);
        return larger;
    }

    private static List<byte[]> withOneBitChanged(byte[] data) {
        List<byte[]> all = new ArrayList<>();
        for (int bit = 0; bit < 8 * data.length; bit++) {
            byte[] changed = data.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            all.add(changed);
        }
        return all;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
