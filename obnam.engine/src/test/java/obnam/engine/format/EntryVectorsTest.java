package obnam.engine.format;

import static obnam.engine.format.FixedRepository.rising;
import static obnam.engine.format.FixedRepository.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.UsageException;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileType;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sections 6.1, 6.2 and 6.4 of the format, byte for byte.
final class EntryVectorsTest {

    private static final ChunkId ID = ChunkId.from(rising(0, 32), 0);
    private static final String ID_HEX = HexFormat.of().formatHex(rising(0, 32));
    private static final Timestamp MODIFIED = new Timestamp(1, 2);
    private static final Timestamp CHANGED = new Timestamp(-3, 4);

    private static Entry entry(FileType type, String name, Entry.Body body) {
        return new Entry(
                type,
                utf8(name),
                0644,
                1000,
                100,
                MODIFIED,
                CHANGED,
                300,
                false,
                false,
                false,
                body,
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Entry everything() {
        return new Entry(
                FileType.REGULAR,
                new byte[] {(byte) 0xff, '\n'},
                07777,
                4_294_967_295L,
                0,
                new Timestamp(Long.MAX_VALUE, 999_999_999),
                new Timestamp(Long.MIN_VALUE, 0),
                -1,
                true,
                true,
                true,
                new Entry.File(0, new Entry.Inline(List.of())),
                List.of(
                        new ExtendedAttribute(utf8("user.a"), new byte[0]),
                        new ExtendedAttribute(utf8("user.b"), new byte[] {1, 2})),
                OptionalInt.of(0x80_0010),
                Optional.of(new Timestamp(5, 6)),
                Optional.of(new Timestamp(7, 8)));
    }

    /// mode, uid, gid, modified, changed, inode, flags
    private static final String COMMON = "a403" + "e807" + "64" + "0202" + "0504" + "ac02" + "00";

    static Stream<Arguments> entries() {
        Entry.Piece data = new Entry.Piece(5, Optional.of(ID));
        Entry.Piece hole = new Entry.Piece(1L << 40, Optional.empty());
        Entry.Body inline = new Entry.File(10 + (1L << 40), new Entry.Inline(List.of(data, hole, data)));
        Entry.Body listed = new Entry.File(5000, new Entry.ListReference(1, ID, 300));
        return Stream.of(
                Arguments.of(
                        entry(FileType.REGULAR, "f", new Entry.File(0, new Entry.Inline(List.of()))),
                        "01" + "0166" + COMMON + "00" + "0000"),
                Arguments.of(
                        entry(FileType.REGULAR, "f", inline),
                        "01" + "0166" + COMMON + "8a8080808020" + "0003" + "0a" + ID_HEX + "818080808040" + "0a"
                                + ID_HEX),
                Arguments.of(
                        entry(FileType.REGULAR, "f", listed), "01" + "0166" + COMMON + "8827" + "02" + ID_HEX + "ac02"),
                Arguments.of(
                        entry(FileType.DIRECTORY, "d", new Entry.Directory(new TreeReference(1, ID, 300))),
                        "02" + "0164" + COMMON + "01" + ID_HEX + "ac02"),
                Arguments.of(
                        entry(FileType.SYMLINK, "l", new Entry.Symlink(utf8("to"))), "03" + "016c" + COMMON + "02746f"),
                Arguments.of(entry(FileType.FIFO, "p", new Entry.Nothing()), "04" + "0170" + COMMON),
                Arguments.of(entry(FileType.SOCKET, "s", new Entry.Nothing()), "05" + "0173" + COMMON),
                Arguments.of(
                        entry(FileType.BLOCK_DEVICE, "b", new Entry.Device(8, 300)),
                        "06" + "0162" + COMMON + "08" + "ac02"),
                Arguments.of(
                        entry(FileType.CHARACTER_DEVICE, "c", new Entry.Device(1, 3)),
                        "07" + "0163" + COMMON + "01" + "03"),
                Arguments.of(
                        everything(),
                        "01" + "02ff0a" + "ff1f" + "ffffffff0f" + "00" + "feffffffffffffffff01" + "ff93ebdc03"
                                + "ffffffffffffffffff01" + "00" + "ffffffffffffffffff01" + "07" + "00" + "0000"
                                + "0107" + "06757365722e61" + "0109" + "06757365722e620102" + "0204" + "90808004"
                                + "03020a06" + "04020e08"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsItsBytes(Entry entry, String bodyHex) {
        byte[] encoded = EntryEncoder.encode(entry);
        ByteWriter expected = new ByteWriter(64).bytes(HexFormat.of().parseHex(bodyHex));
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(HexFormat.of().formatHex(expected.toBytes()));
        EntryCursor cursor = new EntryCursor(new ByteReader(encoded, "x"), new byte[0]);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.entry()).usingRecursiveComparison().isEqualTo(entry);
        assertThat(cursor.type()).isEqualTo(entry.type());
        assertThat(cursor.name()).isEqualTo(entry.name());
        assertThat(cursor.length()).isEqualTo(encoded.length);
        assertThat(cursor.next()).isFalse();
    }

    private static EntryCursor first(String bodyHex) {
        ByteWriter leaf = new ByteWriter(64).bytes(HexFormat.of().parseHex(bodyHex));
        EntryCursor cursor = new EntryCursor(new ByteReader(leaf.toBytes(), "x"), new byte[0]);
        cursor.next();
        return cursor;
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "012e", "022e2e", "03612f62", "03610062", "012f", "0100"})
    void namesThatLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> first("04" + name + COMMON)).isInstanceOf(DamageException.class);
    }

    @Test
    void namesMayHave4096BytesAndNoMore() {
        ByteWriter name = new ByteWriter(64).bytes(utf8("n".repeat(4096)));
        assertThat(first("04" + HexFormat.of().formatHex(name.toBytes()) + COMMON)
                        .name())
                .hasSize(4096);
        ByteWriter longer = new ByteWriter(64).bytes(utf8("n".repeat(4097)));
        assertThatThrownBy(() -> first("04" + HexFormat.of().formatHex(longer.toBytes()) + COMMON))
                .isInstanceOf(DamageException.class);
    }

    @Test
    void typesOfALaterVersionAreNotDamage() {
        assertThatThrownBy(() -> first("08" + "0166" + COMMON)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> first("00" + "0166" + COMMON)).isInstanceOf(UsageException.class);
    }

    @Test
    void fieldsOfALaterVersionAreSkippedFrom128On() {
        assertThat(first("04" + "0170" + COMMON + "8001" + "0107").entry().attributes())
                .isEmpty();
        assertThatThrownBy(() -> first("04" + "0170" + COMMON + "05" + "0107").entry())
                .isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"010100", "010101", "01020100", "0103016101" + "0103016101", "01020162" + "01020161"})
    void attributesWithoutAProperNameOrOutOfOrderAreRefused(String fields) {
        assertThatThrownBy(() -> first("04" + "0170" + COMMON + fields).entry()).isInstanceOf(DamageException.class);
    }

    @Test
    void piecesMustAddUpToTheSize() {
        assertThatThrownBy(() -> first("01" + "0166" + COMMON + "06" + "0001" + "0a" + ID_HEX)
                        .entry())
                .isInstanceOf(DamageException.class);
    }

    /// The sum of these two holes is 2^63: more than a length can be.
    @Test
    void piecesWhoseSumOverflowsAreDamage() {
        String hole = "81808080808080808001";
        assertThatThrownBy(() -> first("01" + "0166" + COMMON + "06" + "0002" + hole + hole)
                        .entry())
                .isInstanceOf(DamageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "82808008"})
    void piecesOfImpossibleLengthAreRefused(String length) {
        assertThatThrownBy(() -> first("01" + "0166" + COMMON + "00" + "0001" + length + ID_HEX)
                        .entry())
                .isInstanceOf(DamageException.class);
    }

    @Test
    void listsOfMoreThanEightLevelsAreRefused() {
        Entry.File file = (Entry.File) first("01" + "0166" + COMMON + "05" + "08" + ID_HEX + "01")
                .entry()
                .body();
        assertThat(file.content()).isEqualTo(new Entry.ListReference(7, ID, 1));
        assertThatThrownBy(() -> first("01" + "0166" + COMMON + "05" + "09" + ID_HEX + "01")
                        .entry())
                .isInstanceOf(DamageException.class);
    }

    @Test
    void treesOfMoreThanEightLevelsAreRefused() {
        assertThat(first("02" + "0164" + COMMON + "07" + ID_HEX + "01").tree().level())
                .isEqualTo(7);
        assertThatThrownBy(() ->
                        first("02" + "0164" + COMMON + "08" + ID_HEX + "01").tree())
                .isInstanceOf(DamageException.class);
    }

    @Test
    void namesMustRise() {
        byte[] a = EntryEncoder.encode(entry(FileType.FIFO, "a", new Entry.Nothing()));
        byte[] b = EntryEncoder.encode(entry(FileType.FIFO, "b", new Entry.Nothing()));
        EntryCursor rising = new EntryCursor(new ByteReader(join(a, b), "x"), new byte[0]);
        assertThat(rising.next()).isTrue();
        assertThat(rising.next()).isTrue();
        for (byte[] wrong : List.of(join(b, a), join(a, a))) {
            EntryCursor cursor = new EntryCursor(new ByteReader(wrong, "x"), new byte[0]);
            assertThat(cursor.next()).isTrue();
            assertThatThrownBy(cursor::next).isInstanceOf(DamageException.class);
        }
        EntryCursor second = new EntryCursor(new ByteReader(a, "x"), utf8("a"));
        assertThatThrownBy(second::next).isInstanceOf(DamageException.class);
    }

    /// As signed bytes, 0xff would come before `a`.
    @Test
    void namesAreComparedAsUnsignedBytes() {
        byte[] a = EntryEncoder.encode(entry(FileType.FIFO, "a", new Entry.Nothing()));
        byte[] last = EntryEncoder.encode(everything());
        EntryCursor cursor = new EntryCursor(new ByteReader(join(a, last), "x"), new byte[0]);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isTrue();
    }

    private static byte[] join(byte[] one, byte[] other) {
        return new ByteWriter(64).raw(one).raw(other).toBytes();
    }

    @Test
    void aLeafBeginsWithTheNamesOfOwners() {
        ByteWriter out = new ByteWriter(16);
        new TreeNodes.Owners(Map.of(1000L, utf8("me"), 0L, utf8("root")), Map.of(100L, utf8("users"))).write(out);
        assertThat(HexFormat.of().formatHex(out.toBytes()))
                .isEqualTo("02" + "00" + "04726f6f74" + "e807" + "026d65" + "01" + "64" + "057573657273");
        TreeNodes.Owners read = TreeNodes.owners(new ByteReader(out.toBytes(), "x"));
        assertThat(read.users()).containsOnlyKeys(0L, 1000L);
        assertThat(read.groups().get(100L)).isEqualTo(utf8("users"));
    }

    @Test
    void ownersThatAreNotInOrderAreRefused() {
        for (String wrong :
                List.of("02" + "05" + "0161" + "04" + "0162" + "00", "02" + "05" + "0161" + "05" + "0162")) {
            assertThatThrownBy(
                            () -> TreeNodes.owners(new ByteReader(HexFormat.of().parseHex(wrong), "x")))
                    .isInstanceOf(DamageException.class);
        }
    }

    @Test
    void innerNodesNameTheirChildren() {
        String child = "0161" + ID_HEX + "ac02" + "05";
        String other = "0162" + ID_HEX + "01" + "8001";
        List<TreeNodes.TreeChild> children =
                TreeNodes.treeChildren(new ByteReader(HexFormat.of().parseHex(child + other), "x"));
        assertThat(children).hasSize(2);
        assertThat(children.get(0).firstName()).isEqualTo(utf8("a"));
        assertThat(children.get(0).length()).isEqualTo(300);
        assertThat(children.get(0).entries()).isEqualTo(5);
        assertThat(children.get(1).entries()).isEqualTo(128);
    }

    @Test
    void listNodesHoldPiecesOrChildren() {
        assertThat(TreeNodes.pieces(new ByteReader(HexFormat.of().parseHex("0a" + ID_HEX + "09"), "x")))
                .containsExactly(new Entry.Piece(5, Optional.of(ID)), new Entry.Piece(4, Optional.empty()));
        assertThat(TreeNodes.listChildren(new ByteReader(HexFormat.of().parseHex("ac02" + ID_HEX + "08"), "x")))
                .containsExactly(new TreeNodes.ListChild(300, ID, 8));
    }

    /// Children without anything below them would let a small tree keep a reader busy for ever.
    @Test
    void childrenWithoutAnythingBelowAreRefused() {
        assertThatThrownBy(() ->
                        TreeNodes.listChildren(new ByteReader(HexFormat.of().parseHex("00" + ID_HEX + "01"), "x")))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> TreeNodes.treeChildren(
                        new ByteReader(HexFormat.of().parseHex("0161" + ID_HEX + "01" + "00"), "x")))
                .isInstanceOf(DamageException.class);
    }
}
