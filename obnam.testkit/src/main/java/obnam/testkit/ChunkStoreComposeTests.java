package obnam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ChunkStore.Part;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.junit.jupiter.api.Test;

/// The part of the contract for stores that is about objects made of pieces of others.
abstract class ChunkStoreComposeTests extends ChunkStoreThreadTests {

    private static final int LONG = 3 << 20;

    private static Part bytes(Sample sample) {
        return new Part.Bytes(sample.buffer());
    }

    private static Part range(Sample sample, int offset, int length) {
        return new Part.Range(sample.name(), offset, length);
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] piece(Sample sample, int offset, int length) {
        return Arrays.copyOfRange(sample.content(), offset, offset + length);
    }

    private List<ObjectName> packs() {
        settle();
        List<ObjectName> names = new ArrayList<>();
        store().list(ObjectKind.PACK, info -> names.add(info.name()));
        return names;
    }

    @Test
    void composesAnObjectOfBytesAndPiecesOfOthers() {
        Sample one = put(sample(ObjectKind.PACK, 801, LONG));
        Sample other = put(sample(ObjectKind.PACK, 802, 10_000));
        Sample given = sample(ObjectKind.PACK, 803, 5_000);
        byte[] expected = joined(
                given.content(),
                piece(one, 1, LONG - 1),
                piece(other, 4_096, 4_096),
                piece(one, 0, 1),
                new byte[0],
                given.content());

        ObjectName name = store().compose(
                        ObjectKind.PACK,
                        List.of(
                                bytes(given),
                                range(one, 1, LONG - 1),
                                range(other, 4_096, 4_096),
                                range(one, 0, 1),
                                range(other, 10_000, 0),
                                bytes(given)));

        assertThat(name).isEqualTo(nameOf(ObjectKind.PACK, expected));
        store().barrier();
        settle();
        assertThat(open(OpenMode.EXISTING).get(name, 2 * LONG)).isEqualTo(expected);
        assertThat(packs()).contains(name);
    }

    @Test
    void composeReadsOnlyBetweenPositionAndLimitAndMovesNeither() {
        Sample sample = sample(ObjectKind.PACK, 804, 1_000);
        ByteBuffer buffer = sample.buffer().position(100).limit(300);

        ObjectName name = store().compose(ObjectKind.PACK, List.of(new Part.Bytes(buffer)));

        assertThat(name).isEqualTo(nameOf(ObjectKind.PACK, piece(sample, 100, 200)));
        assertThat(buffer.position()).isEqualTo(100);
        assertThat(buffer.limit()).isEqualTo(300);
        assertThat(store().get(name, 200)).isEqualTo(piece(sample, 100, 200));
    }

    @Test
    void composingTheSameAgainIsFine() {
        Sample source = put(sample(ObjectKind.PACK, 805, 50_000));
        List<Part> parts = List.of(range(source, 10, 40_000));

        ObjectName first = store().compose(ObjectKind.PACK, parts);

        assertThat(store().compose(ObjectKind.PACK, parts)).isEqualTo(first);
        assertThat(store().get(first, 40_000)).isEqualTo(piece(source, 10, 40_000));
    }

    @Test
    void theSourceMayBeDeletedAfterwards() {
        Sample source = put(sample(ObjectKind.PACK, 806, 50_000));
        ObjectName name = store().compose(ObjectKind.PACK, List.of(range(source, 0, 30_000)));
        store().delete(source.name());

        assertThat(store().get(name, 30_000)).isEqualTo(piece(source, 0, 30_000));
    }

    @Test
    void composeOfWhatIsNotThereLeavesNothing() {
        Sample present = put(sample(ObjectKind.PACK, 807, 50_000));
        Sample absent = sample(ObjectKind.PACK, 808, 50_000);

        assertThatThrownBy(
                        () -> store().compose(ObjectKind.PACK, List.of(range(present, 0, 50_000), range(absent, 0, 1))))
                .isInstanceOf(MissingObjectException.class);
        assertThat(packs()).containsOnly(present.name());
    }

    @Test
    void composeOfWhatIsTooShortLeavesNothing() {
        Sample present = put(sample(ObjectKind.PACK, 809, 50_000));

        assertThatThrownBy(() -> store().compose(ObjectKind.PACK, List.of(range(present, 1, 50_000))))
                .isInstanceOf(DamageException.class);
        assertThat(packs()).containsOnly(present.name());
    }
}
