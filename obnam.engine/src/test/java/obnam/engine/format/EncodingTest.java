package obnam.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.UsageException;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 1 of the format.
final class EncodingTest {

    private static String hex(ByteWriter out) {
        return HexFormat.of().formatHex(out.toBytes());
    }

    private static ByteReader in(String hex) {
        return new ByteReader(HexFormat.of().parseHex(hex), "a test");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "4294967295, ffffffff0f",
        "9223372036854775807, ffffffffffffffff7f",
        "-1, ffffffffffffffffff01",
        "-9223372036854775808, 80808080808080808001"
    })
    void varintsAreLeb128OfUnsignedNumbers(long value, String bytes) {
        assertThat(hex(new ByteWriter(1).varint(value))).isEqualTo(bytes);
        assertThat(in(bytes).varint()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8000",
                "ff00",
                "808000",
                "8080808080808080808000",
                "ffffffffffffffffff02",
                "ffffffffffffffffff80",
                "ffffffffffffffffffff01",
                "80808080808080808080"
            })
    void varintsThatAreNotShortestOrTooLongAreRefused(String bytes) {
        assertThatThrownBy(() -> in(bytes).varint()).isInstanceOf(DamageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffff", "ffffffffffffffffff"})
    void varintsThatEndTooEarlyAreRefused(String bytes) {
        assertThatThrownBy(() -> in(bytes).varint()).isInstanceOf(DamageException.class);
    }

    @Test
    void varintsAboveTheirLimitAreRefused() {
        assertThat(in("ac02").varint(300)).isEqualTo(300);
        assertThatThrownBy(() -> in("ac02").varint(299)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("ffffffffffffffffff01").varint(Long.MAX_VALUE))
                .isInstanceOf(DamageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "1, 02",
        "-64, 7f",
        "64, 8001",
        "9223372036854775807, feffffffffffffffff01",
        "-9223372036854775808, ffffffffffffffffff01"
    })
    void signedNumbersAreZigzagged(long value, String bytes) {
        assertThat(hex(new ByteWriter(1).zigzag(value))).isEqualTo(bytes);
        assertThat(in(bytes).zigzag()).isEqualTo(value);
    }

    @Test
    void everyNumberComesBack() {
        long seed = 20_260_701;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            ByteWriter out = new ByteWriter(1).varint(value).zigzag(-value);
            ByteReader in = new ByteReader(out.toBytes(), "a test");
            assertThat(in.varint()).as("seed %d", seed).isEqualTo(value);
            assertThat(in.zigzag()).as("seed %d", seed).isEqualTo(-value);
            assertThat(in.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0000",
        "-1, 999999999, 01ff93ebdc03",
        "1700000000, 5, 80c49fd50c05",
        "9223372036854775807, 0, feffffffffffffffff0100"
    })
    void timesAreSignedSecondsAndNanoseconds(long seconds, int nanoseconds, String bytes) {
        Timestamp time = new Timestamp(seconds, nanoseconds);
        assertThat(hex(new ByteWriter(1).time(time))).isEqualTo(bytes);
        assertThat(in(bytes).time()).isEqualTo(time);
    }

    @Test
    void aSecondHasNoBillionthNanosecond() {
        assertThatThrownBy(() -> in("008094ebdc03").time()).isInstanceOf(DamageException.class);
    }

    @Test
    void numbersOfFixedLengthAreBigEndian() {
        assertThat(hex(new ByteWriter(1).u8(0xab).u32(0x01020304))).isEqualTo("ab01020304");
        assertThat(in("01020304").u32(Integer.MAX_VALUE)).isEqualTo(0x01020304);
        assertThatThrownBy(() -> in("01020304").u32(0x01020303)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("80000000").u32(Integer.MAX_VALUE)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("010203").u32(Integer.MAX_VALUE)).isInstanceOf(DamageException.class);
    }

    @Test
    void bytesStandBehindTheirLength() {
        assertThat(hex(new ByteWriter(1).bytes(new byte[] {7, 8, 9}))).isEqualTo("03070809");
        assertThat(in("03070809").bytes(3)).containsExactly(7, 8, 9);
        assertThat(in("00").bytes(0)).isEmpty();
        assertThatThrownBy(() -> in("03070809").bytes(2)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("030708").bytes(3)).isInstanceOf(DamageException.class);
    }

    @Test
    void aLengthFarBeyondTheDataAllocatesNothing() {
        assertThatThrownBy(() -> in("ffffffff07").bytes(Integer.MAX_VALUE)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("ffffffff07").part(Integer.MAX_VALUE)).isInstanceOf(DamageException.class);
    }

    @Test
    void anIdIsItsBytes() {
        ChunkId id = ChunkId.from(FixedRepository.rising(0, 32), 0);
        String bytes = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        assertThat(hex(new ByteWriter(1).id(id))).isEqualTo(bytes);
        assertThat(in(bytes).id()).isEqualTo(id);
        assertThatThrownBy(() -> in(bytes.substring(2)).id()).isInstanceOf(DamageException.class);
    }

    private static List<String> fields(String hex, int... known) {
        List<String> seen = new ArrayList<>();
        in(hex).fields((tag, value) -> {
            for (int one : known) {
                if (one == tag) {
                    seen.add(tag + "=" + HexFormat.of().formatHex(value.raw(value.remaining())));
                    return true;
                }
            }
            return false;
        });
        return seen;
    }

    @Test
    void fieldsAreTagLengthValue() {
        ByteWriter out = new ByteWriter(1).field(1, new byte[] {5}).field(3, 300L);
        out.field(4, new Timestamp(1, 2)).field(200, new ByteWriter(1));
        assertThat(hex(out)).isEqualTo("010105" + "0302ac02" + "04020202" + "c80100");
        assertThat(fields(hex(out), 1, 3, 4, 200)).containsExactly("1=05", "3=ac02", "4=0202", "200=");
    }

    @Test
    void aFieldMayComeAgain() {
        assertThat(fields("010105010106", 1)).containsExactly("1=05", "1=06");
    }

    @Test
    void fieldsThatFallAreRefused() {
        assertThatThrownBy(() -> fields("020105010106", 1, 2)).isInstanceOf(DamageException.class);
    }

    @Test
    void tagZeroEndsTheListAndOnlyZerosFollow() {
        assertThat(fields("01010500", 1)).containsExactly("1=05");
        assertThat(fields("010105000000", 1)).containsExactly("1=05");
        assertThat(fields("", 1)).isEmpty();
        assertThatThrownBy(() -> fields("0101050001", 1)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> fields("010105000101", 1)).isInstanceOf(DamageException.class);
    }

    @Test
    void unknownTagsBelow128NeedANewerVersionAndOthersAreSkipped() {
        assertThat(fields("010105" + "80010107" + "810100", 1)).containsExactly("1=05");
        assertThatThrownBy(() -> fields("010105" + "7f0107", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("newer version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0102", "010205", "81", "0180", "ffffffff0f00"})
    void fieldsThatDoNotFitAreRefused(String bytes) {
        assertThatThrownBy(() -> fields(bytes, 1)).isInstanceOf(DamageException.class);
    }

    @Test
    void aFieldCannotReadOnIntoTheNext() {
        assertThatThrownBy(() -> in("010105" + "020106").fields((_, value) -> value.raw(2).length > 0))
                .isInstanceOf(DamageException.class);
    }

    @Test
    void reservedBytesMustBeZero() {
        in("0000").zeros(2);
        assertThatThrownBy(() -> in("0001").zeros(2)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("00").zeros(2)).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("000100").onlyZeros()).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> in("00").nothing()).isInstanceOf(DamageException.class);
    }
}
