package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.junit.jupiter.api.Test;

/// What every [ChunkStore] has to pass. The author of a store extends this class in a test of their own and says
/// which provider it is and where there is an empty place; that is all:
///
/// ```java
/// final class MyStoreTest extends ChunkStoreContract {
///     @TempDir
///     Path directory;
///
///     @Override
///     protected ChunkStore.Provider provider() {
///         return new MyStoreProvider();
///     }
///
///     @Override
///     protected String newLocation() {
///         return directory.resolve("store").toString();
///     }
/// }
/// ```
///
/// [#provider] and [#newLocation] are called once for each test. Objects are named after their content, as a
/// repository names them, so that a store may check that. Where a store's traits promise less, less is asked of
/// it.
///
/// What no test from outside can see is left to the author: that objects survive a crash of the machine after
/// [ChunkStore#barrier], and that a full medium leaves nothing half done.
public abstract class ChunkStoreContract extends ChunkStoreComposeTests {

    /// For subclasses.
    protected ChunkStoreContract() {}

    // Traits and opening

    @Test
    void traitsAreSaneAndStayTheSame() {
        assertThat(store().traits().largestObject()).isGreaterThanOrEqualTo(32 << 20);
        assertThat(store().traits().staleness().isNegative()).isFalse();
        assertThat(store().traits()).isEqualTo(store().traits());
    }

    @Test
    void openingWhatIsNotThereIsRefusedAndMakesNothing() {
        ChunkStore.Provider provider = provider();
        String nothing = newLocation();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> provider.open(nothing, OpenMode.EXISTING))
                    .isInstanceOf(NoRepositoryException.class);
        }
    }

    @Test
    void aNewStoreIsEmpty() {
        for (ObjectKind kind : ObjectKind.values()) {
            assertThat(listed(store(), kind)).as("%s", kind).isEmpty();
        }
        assertThat(store().size(ObjectName.CONFIG)).isEmpty();
    }

    @Test
    void anEmptyStoreCanBeOpenedAgain() {
        store().close();
        assertThat(listed(open(OpenMode.EXISTING), ObjectKind.PACK)).isEmpty();
    }

    @Test
    void aStoreThatIsOpenedAgainHoldsAllObjects() {
        List<Sample> samples = Arrays.stream(ObjectKind.values())
                .map(kind -> put(sample(kind, 1, 1000)))
                .toList();
        store().barrier();
        store().close();
        settle();
        for (OpenMode mode : OpenMode.values()) {
            ChunkStore again = open(mode);
            for (Sample sample : samples) {
                assertHolds(again, sample);
                assertThat(listed(again, sample.name().kind())).containsOnlyKeys(sample.name());
            }
        }
    }

    @Test
    void twoOpenStoresOfOnePlaceSeeEachOthersObjects() {
        ChunkStore other = open(OpenMode.EXISTING);
        Sample sample = put(sample(ObjectKind.PACK, 1, 1000));
        assertHolds(other, sample);
        other.delete(sample.name());
        assertThat(store().size(sample.name())).isEmpty();
        other.put(sample.name(), sample.buffer());
        assertHolds(store(), sample);
    }

    @Test
    void closingTwiceIsFine() {
        store().close();
        assertThatCode(() -> store().close()).doesNotThrowAnyException();
    }

    @Test
    void aBarrierCanBeHadAtAnyTime() {
        store().barrier();
        Sample sample = put(sample(ObjectKind.PACK, 1, 1000));
        store().barrier();
        store().barrier();
        store().delete(sample.name());
        store().barrier();
        assertThat(store().size(sample.name())).isEmpty();
    }

    // Putting and getting

    @Test
    void objectsOfAllSizesComeBackAsTheyWere() {
        for (int length : new int[] {0, 1, 2, 4095, 4096, 4097, 65_536, (1 << 20) + 1, largestObject()}) {
            assertHolds(store(), put(sample(ObjectKind.PACK, length, length)));
        }
    }

    @Test
    void objectsOfAllKindsComeBackAndKindsAreKeptApart() {
        byte[] content = {1, 2, 3};
        for (ObjectKind kind : ObjectKind.values()) {
            ObjectName name = nameOf(kind, content);
            assertThat(store().size(name)).as("%s before the put", kind).isEmpty();
            assertHolds(store(), put(new Sample(name, content)));
        }
        store().delete(nameOf(ObjectKind.INDEX, content));
        assertThat(store().size(nameOf(ObjectKind.INDEX, content))).isEmpty();
        assertThat(store().size(nameOf(ObjectKind.PACK, content))).isPresent();
    }

    @Test
    void theBytesBetweenPositionAndLimitArePutFromAnyBuffer() {
        Sample sample = sample(ObjectKind.PACK, 1, 100_000);
        byte[] surrounded = new byte[100_020];
        System.arraycopy(sample.content(), 0, surrounded, 10, 100_000);
        ByteBuffer heap = ByteBuffer.wrap(surrounded);
        ByteBuffer direct = ByteBuffer.allocateDirect(surrounded.length).put(0, surrounded);
        Stream.of(heap, direct, heap.asReadOnlyBuffer(), direct.asReadOnlyBuffer())
                .flatMap(whole -> Stream.of(whole.duplicate().position(10).limit(100_010), whole.slice(10, 100_000)))
                .forEach(buffer -> putsWithoutMovingThePosition(buffer, sample));
        assertThat(Arrays.copyOfRange(surrounded, 10, 100_010)).isEqualTo(sample.content());
    }

    private void putsWithoutMovingThePosition(ByteBuffer buffer, Sample sample) {
        int position = buffer.position();
        int limit = buffer.limit();
        store().put(sample.name(), buffer);
        assertThat(buffer.position()).as("position of %s", buffer).isEqualTo(position);
        assertThat(buffer.limit()).as("limit of %s", buffer).isEqualTo(limit);
        assertHolds(store(), sample);
        store().delete(sample.name());
    }

    @Test
    void theStoreKeepsNeitherTheBufferOfAPutNorTheArrayOfAGet() {
        Sample sample = sample(ObjectKind.INDEX, 1, 100);
        byte[] mine = sample.content().clone();
        store().put(sample.name(), ByteBuffer.wrap(mine));
        Arrays.fill(mine, (byte) 0);
        assertHolds(store(), sample);
        Arrays.fill(store().get(sample.name(), 100), (byte) 0);
        assertHolds(store(), sample);
    }

    @Test
    void puttingTheSameAgainIsFine() {
        for (ObjectKind kind : ObjectKind.values()) {
            Sample sample = put(sample(kind, 1, 10_000));
            assertHolds(store(), put(sample));
        }
    }

    @Test
    void anObjectOfAnotherLengthUnderATakenNameIsRefusedAndChangesNothing() {
        Sample sample = put(sample(ObjectKind.PACK, 1, 10_000));
        if (store().traits().atomicPut()) {
            for (int length : new int[] {0, 9_999, 10_001}) {
                ByteBuffer other = ByteBuffer.allocate(length);
                assertThatThrownBy(() -> store().put(sample.name(), other))
                        .as("%d bytes", length)
                        .isInstanceOfAny(ObjectExistsException.class, DamageException.class);
                assertHolds(store(), sample);
            }
        }
    }

    @Test
    void anotherConfigIsRefusedEvenIfAsLongUntilTheFirstIsDeleted() {
        Sample config = put(sample(ObjectKind.CONFIG, 1, 100));
        if (store().traits().atomicPut()) {
            for (int length : new int[] {0, 99, 100, 101}) {
                Sample other = sample(ObjectKind.CONFIG, 2, length);
                assertThatThrownBy(() -> put(other)).isInstanceOf(ObjectExistsException.class);
                assertHolds(store(), config);
            }
        }
        store().delete(ObjectName.CONFIG);
        assertHolds(store(), put(sample(ObjectKind.CONFIG, 2, 100)));
    }

    @Test
    void getRefusesWhatIsLongerThanTheLimit() {
        Sample sample = put(sample(ObjectKind.INDEX, 1, 1000));
        assertThat(store().get(sample.name(), 1000)).hasSize(1000);
        assertThat(store().get(sample.name(), Integer.MAX_VALUE)).hasSize(1000);
        for (int limit : new int[] {0, 1, 999}) {
            assertThatThrownBy(() -> store().get(sample.name(), limit)).isInstanceOf(DamageException.class);
        }
    }

    @Test
    void objectsThatAreNotThereAreMissing() {
        for (ObjectKind kind : ObjectKind.values()) {
            ObjectName name = sample(kind, 1, 10).name();
            assertThatThrownBy(() -> store().get(name, 100)).isInstanceOf(MissingObjectException.class);
            for (int length : new int[] {0, 1}) {
                assertThatThrownBy(() -> store().getRange(name, 0, length, new byte[1], 0))
                        .isInstanceOf(MissingObjectException.class);
            }
            assertThat(store().size(name)).isEmpty();
        }
    }

    // Ranges

    @Test
    void rangesComeBackExactlyAndTouchNothingElse() {
        byte[] content = put(sample(ObjectKind.PACK, 1, 100_000)).content();
        int[][] ranges = {{0, 0}, {0, 1}, {0, 100_000}, {1, 99_999}, {4096, 8192}, {99_999, 1}, {100_000, 0}, {50, 0}};
        for (int[] range : ranges) {
            byte[] expected = new byte[range[1] + 7];
            Arrays.fill(expected, (byte) 0x5a);
            byte[] target = expected.clone();
            System.arraycopy(content, range[0], expected, 3, range[1]);
            store().getRange(nameOf(ObjectKind.PACK, content), range[0], range[1], target, 3);
            assertThat(target).as("%d bytes from %d on", range[1], range[0]).isEqualTo(expected);
        }
    }

    @Test
    void rangesBeyondTheEndAreDamage() {
        ObjectName name = put(sample(ObjectKind.PACK, 1, 1000)).name();
        ObjectName empty = put(sample(ObjectKind.PACK, 2, 0)).name();
        long[][] ranges = {{0, 1001}, {999, 2}, {1000, 1}, {1001, 0}, {1L << 40, 1}, {Long.MAX_VALUE, 1}};
        for (long[] range : ranges) {
            byte[] target = new byte[2000];
            assertThatThrownBy(() -> store().getRange(name, range[0], (int) range[1], target, 0))
                    .as("%d bytes from %d on", range[1], range[0])
                    .isInstanceOf(DamageException.class);
        }
        assertThatThrownBy(() -> store().getRange(empty, 0, 1, new byte[1], 0)).isInstanceOf(DamageException.class);
    }

    @Test
    void manyRangesOfManyObjectsComeBack() {
        List<Sample> samples = Stream.iterate(1, seed -> seed + 1)
                .limit(100)
                .map(seed -> put(sample(ObjectKind.PACK, seed, 1000)))
                .toList();
        byte[] target = new byte[100];
        for (int round = 0; round < 3; round++) {
            for (Sample sample : samples) {
                int offset = 300 * round;
                store().getRange(sample.name(), offset, 100, target, 0);
                assertThat(target).isEqualTo(Arrays.copyOfRange(sample.content(), offset, offset + 100));
            }
        }
    }

    // Deleting

    @Test
    void whatIsDeletedIsGoneAndCanBePutAgain() {
        for (ObjectKind kind : ObjectKind.values()) {
            Sample sample = put(sample(kind, 1, 1000));
            store().getRange(sample.name(), 0, 1, new byte[1], 0);
            store().delete(sample.name());
            assertThat(store().size(sample.name())).isEmpty();
            assertThatThrownBy(() -> store().get(sample.name(), 1000)).isInstanceOf(MissingObjectException.class);
            assertThatThrownBy(() -> store().getRange(sample.name(), 0, 1, new byte[1], 0))
                    .isInstanceOf(MissingObjectException.class);
            settle();
            assertThat(listed(store(), kind)).isEmpty();
            store().delete(sample.name());
            assertHolds(store(), put(sample));
        }
    }

    @Test
    void deletingWhatIsNotThereIsFine() {
        for (ObjectKind kind : ObjectKind.values()) {
            ObjectName name = sample(kind, 1, 10).name();
            assertThatCode(() -> store().delete(name)).as("%s", kind).doesNotThrowAnyException();
        }
    }

    // Listing

    @Test
    void aListingTellsNamesAndSizesOfOneKindOnTheCallingThread() {
        Map<ObjectName, Long> packs = new HashMap<>();
        for (int length : new int[] {0, 1, 4096, 100_000}) {
            packs.put(put(sample(ObjectKind.PACK, length, length)).name(), (long) length);
        }
        ObjectName index = put(sample(ObjectKind.INDEX, 1, 10)).name();
        put(sample(ObjectKind.CONFIG, 1, 20));
        settle();
        assertThat(listed(store(), ObjectKind.PACK)).isEqualTo(packs);
        assertThat(listed(store(), ObjectKind.INDEX)).isEqualTo(Map.of(index, 10L));
        assertThat(listed(store(), ObjectKind.CONFIG)).isEqualTo(Map.of(ObjectName.CONFIG, 20L));
        assertThat(listed(store(), ObjectKind.SNAPSHOT)).isEmpty();
        Set<Thread> threads = new HashSet<>();
        store().list(ObjectKind.PACK, _ -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void anExceptionOfTheVisitorEndsTheListingAndIsPassedOn() {
        put(sample(ObjectKind.PACK, 1, 10));
        put(sample(ObjectKind.PACK, 2, 10));
        settle();
        for (RuntimeException mine :
                List.of(new IllegalStateException("mine"), new MissingObjectException("mine", "", ""))) {
            int[] visits = {0};
            assertThatThrownBy(() -> store().list(ObjectKind.PACK, _ -> {
                        visits[0]++;
                        throw mine;
                    }))
                    .isSameAs(mine);
            assertThat(visits[0]).isEqualTo(1);
        }
    }

    @Test
    void aVisitorMayCallTheStore() {
        put(sample(ObjectKind.PACK, 1, 10));
        put(sample(ObjectKind.PACK, 2, 10));
        settle();
        store().list(ObjectKind.PACK, object -> {
            if (store().size(object.name()).isPresent()) { // an object may be told of twice
                assertThat(store().get(object.name(), 10)).hasSize(10);
                store().delete(object.name());
            }
        });
        settle();
        assertThat(listed(store(), ObjectKind.PACK)).isEmpty();
    }
}
