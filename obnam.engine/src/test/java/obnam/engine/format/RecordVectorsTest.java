package obnam.engine.format;

import static obnam.engine.format.FixedRepository.rising;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.engine.Head;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The records that are no snapshots, byte for byte; section 7.2 of the format.
class RecordVectorsTest {

    private static final String CHAIN = HexFormat.of().formatHex(rising(0x90, 16));
    private static final String OTHER_CHAIN = HexFormat.of().formatHex(rising(0x80, 16));
    private static final ObjectName UNNAMED = named(0);
    private static final ChainLink LINK =
            new ChainLink(CHAIN, 300, Optional.of(named(4)), List.of(new Head(OTHER_CHAIN, 5, named(3))));
    private static final LogRecord.Author AUTHOR = new LogRecord.Author(new Timestamp(1, 2), "host", "üser", "0.1");
    private static final List<Head> RECORDS =
            List.of(new Head(OTHER_CHAIN, 7, named(5)), new Head(CHAIN, 299, named(4)));

    /// Tags 2 to 9 of LINK and AUTHOR.
    private static final String COMMON = "0210" + CHAIN
            + "0302" + "ac02"
            + "0420" + hex(4)
            + "0531" + OTHER_CHAIN + "05" + hex(3)
            + "0602" + "0202"
            + "0704" + "686f7374"
            + "0805" + "c3bc736572"
            + "0903" + "302e31";

    private static final String TAKEN = "2031" + OTHER_CHAIN + "07" + hex(5) + "2032" + CHAIN + "ab02" + hex(4);

    private static ObjectName named(int first) {
        return new ObjectName(ObjectKind.SNAPSHOT, hex(first));
    }

    private static String hex(int first) {
        return HexFormat.of().formatHex(rising(first, 32));
    }

    /// The fields of an object, without its salt and its padding.
    private static String fields(byte[] bytes, int length) {
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        ByteReader in = SealedObject.open(FixedRepository.frames(1), name, FrameRole.RECORD, bytes);
        String fields = HexFormat.of().formatHex(in.raw(length));
        in.onlyZeros();
        return fields;
    }

    private static LogRecord read(byte[] bytes) {
        return LogRecord.decode(
                FixedRepository.frames(1), SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length), bytes);
    }

    private static LogRecord read(String fields) {
        return read(SealedObject.seal(
                FixedRepository.frames(1),
                ObjectKind.SNAPSHOT,
                FrameRole.RECORD,
                out -> out.raw(HexFormat.of().parseHex(fields))));
    }

    private static void verify(String vector, String expected, byte[] bytes) {
        assertThat(bytes).hasSize(512);
        assertThat(fields(bytes, expected.length() / 2)).isEqualTo(expected);
        Vectors.verify(vector, bytes);
    }

    @Test
    void aForgetNamesRecordsAndRanges() {
        List<RemovalRecord.Range> ranges = List.of(new RemovalRecord.Range(CHAIN, 0, 200));
        RemovalRecord forget = new RemovalRecord(UNNAMED, LINK, AUTHOR, false, RECORDS, ranges);
        byte[] bytes = forget.encode(FixedRepository.frames(1));

        verify("forget", "010102" + COMMON + TAKEN + "2113" + CHAIN + "00" + "c801", bytes);
        assertThat(read(bytes))
                .usingRecursiveComparison()
                .ignoringFields("name")
                .isEqualTo(forget);
    }

    @Test
    void anAnnulmentNamesRecords() {
        RemovalRecord annul = new RemovalRecord(UNNAMED, LINK, AUTHOR, true, RECORDS, List.of());
        byte[] bytes = annul.encode(FixedRepository.frames(1));

        verify("annul", "010103" + COMMON + TAKEN, bytes);
        assertThat(read(bytes))
                .usingRecursiveComparison()
                .ignoringFields("name")
                .isEqualTo(annul);
    }

    @Test
    void aTagRecordHasARevisionAndLabels() {
        TagRecord tag = new TagRecord(UNNAMED, LINK, AUTHOR, RECORDS, 3, List.of("one", "ü"));
        byte[] bytes = tag.encode(FixedRepository.frames(1));

        verify("tag", "010104" + COMMON + TAKEN + "220103" + "23036f6e65" + "2302c3bc", bytes);
        assertThat(read(bytes))
                .usingRecursiveComparison()
                .ignoringFields("name")
                .isEqualTo(tag);
        TagRecord none = new TagRecord(UNNAMED, LINK, AUTHOR, RECORDS, 1, List.of());
        assertThat(((TagRecord) read(none.encode(FixedRepository.frames(1)))).tags())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 200})
    void ofAnotherTypeOnlyTheLinkIsRead(int type) {
        String fields = "0101" + "%02x".formatted(type) + COMMON + "200105" + "300105";
        assertThat(read(fields))
                .isInstanceOf(OtherRecord.class)
                .extracting(LogRecord::link)
                .isEqualTo(LINK);
    }

    @ParameterizedTest
    @CsvSource({
        // a forget with a root, with tags; an annulment with a range; a tag record with a range; a snapshot with a
        // record
        "02, 10012f",
        "02, 220101",
        "03, 2112909192939495969798999a9b9c9d9e9f0001",
        "04, 2112909192939495969798999a9b9c9d9e9f0001",
        "01, 200105"
    })
    void fieldsOfOtherTypesNeedANewerVersion(String type, String field) {
        assertThatThrownBy(() -> read("0101" + type + COMMON + field))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("newer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a name that is too short, a range that runs backwards
                "2014808182838485868788898a8b8c8d8e8f07040506",
                "2112909192939495969798999a9b9c9d9e9f0201",
                "2111909192939495969798999a9b9c9d9e9f02"
            })
    void malformedFieldsAreDamage(String field) {
        assertThatThrownBy(() -> read("010102" + COMMON + field)).isInstanceOf(DamageException.class);
    }

    @Test
    void aRecordWithoutAChainIsDamage() {
        assertThatThrownBy(() -> read("010102")).isInstanceOf(DamageException.class);
    }
}
