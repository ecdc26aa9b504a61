package obnam.engine.format;

import static obnam.engine.format.FixedRepository.rising;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.engine.Compression;
import obnam.engine.Counts;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.Timestamp;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sections 2, 4, 5 and 7 of the format, byte for byte.
final class ObjectVectorsTest {

    private static final String MAGIC = "4f424e414d";
    private static final ChunkId FIRST = ChunkId.from(rising(0x40, 32), 0);
    private static final ChunkId SECOND = ChunkId.from(rising(0x60, 32), 0);

    private static ObjectName named(ObjectKind kind, int first) {
        return new ObjectName(kind, HexFormat.of().formatHex(rising(first, 32)));
    }

    /// What rows say, as text.
    private static final class Rows implements BlockRows.Visitor {
        private final List<String> said = new ArrayList<>();

        @Override
        public void block(int suite, int keyNumber, int offset, int length, int chunks) {
            said.add("block " + suite + " " + keyNumber + " " + offset + " " + length + " " + chunks);
        }

        @Override
        public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
            said.add("chunk " + role + " " + id + " " + offset + " " + length);
        }
    }

    private static final List<String> TOLD = List.of(
            "block 1 1 4096 8192 2",
            "chunk DATA " + FIRST + " 0 5000",
            "chunk DATA " + SECOND + " 5000 1",
            "block 2 300 16384 4096 1",
            "chunk LIST " + FIRST + " 0 77");

    private static BlockRows rows() {
        BlockRows rows = new BlockRows();
        rows.block(1, 1, 4096, 8192, 2);
        rows.chunk(ChunkRole.DATA, FIRST, 5000);
        rows.chunk(ChunkRole.DATA, SECOND, 1);
        rows.block(2, 300, 16384, 4096, 1);
        rows.chunk(ChunkRole.LIST, FIRST, 77);
        return rows;
    }

    @Test
    void aHeaderHas48BytesInTheClear() {
        ByteWriter out = new ByteWriter(48);
        new ObjectHeader(ObjectKind.PACK, 1, 0x01020304, rising(0, 32)).write(out);
        String expected = MAGIC + "50" + "01" + "01" + "01020304" + "00000000"
                + HexFormat.of().formatHex(rising(0, 32));
        assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(expected);
        ObjectHeader read = ObjectHeader.read(new ByteReader(out.toBytes(), "x"), ObjectKind.PACK, "x");
        assertThat(read.suite()).isEqualTo(1);
        assertThat(read.keyNumber()).isEqualTo(0x01020304);
        assertThat(read.salt()).isEqualTo(rising(0, 32));
    }

    @Test
    void eachKindHasItsLetter() {
        StringBuilder letters = new StringBuilder();
        for (ObjectKind kind : List.of(
                ObjectKind.CONFIG,
                ObjectKind.KEY,
                ObjectKind.PACK,
                ObjectKind.INDEX,
                ObjectKind.SNAPSHOT,
                ObjectKind.NOTICE)) {
            letters.append((char) ObjectHeader.letter(kind));
        }
        assertThat(letters.toString()).isEqualTo("CKPISN");
    }

    private static ObjectHeader read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex + "00".repeat(96 - hex.length() / 2));
        return ObjectHeader.read(new ByteReader(bytes, 0, 48, "x"), ObjectKind.INDEX, "x");
    }

    @Test
    void headersOfOtherThingsAreRefused() {
        assertThat(read(MAGIC + "490101" + "00000001" + "00000000").keyNumber()).isEqualTo(1);
        assertThatThrownBy(() -> read("4f424e414e" + "490101")).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> read(MAGIC + "500101")).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> read(MAGIC + "490001")).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> read(MAGIC + "490201"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("newer");
        assertThatThrownBy(() -> read(MAGIC + "490101" + "80000000")).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> read(MAGIC + "490101" + "00000001" + "00000001"))
                .isInstanceOf(DamageException.class);
    }

    @Test
    void associatedDataHave41Bytes() {
        String id = HexFormat.of().formatHex(rising(0xa0, 32));
        byte[] block = Frames.associatedData(1, ObjectKind.PACK, FrameRole.BLOCK, FixedRepository.ID);
        byte[] record = Frames.associatedData(2, ObjectKind.SNAPSHOT, FrameRole.RECORD, FixedRepository.ID);
        assertThat(HexFormat.of().formatHex(block)).isEqualTo(MAGIC + "01" + "01" + "50" + "01" + id);
        assertThat(HexFormat.of().formatHex(record)).isEqualTo(MAGIC + "01" + "02" + "53" + "05" + id);
    }

    @Test
    void rolesOfFramesHaveTheirNumbers() {
        assertThat(Arrays.stream(FrameRole.values()).map(FrameRole::number)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFrameIsNonceCiphertextTag(int suite) {
        Frames frames = FixedRepository.frames(suite);
        byte[] plain = FixedRepository.utf8("What is sealed");
        byte[] frame = new byte[plain.length + 40];
        frames.seal(ObjectKind.PACK, FrameRole.BLOCK, plain, 0, plain.length, frame, 0);
        Vectors.verify("frame-suite-" + suite, frame);
        byte[] opened = new byte[plain.length];
        frames.open(ObjectKind.PACK, FrameRole.BLOCK, suite, 1, frame, 0, frame.length, opened, 0, "x");
        assertThat(opened).isEqualTo(plain);
    }

    @Test
    void aFrameOpensOnlyAsWhatItIs() {
        byte[] frame = Vectors.read("frame-suite-1");
        byte[] opened = new byte[frame.length - 40];
        Frames frames = FixedRepository.frames(1);
        assertThatThrownBy(() ->
                        frames.open(ObjectKind.PACK, FrameRole.TABLE, 1, 1, frame, 0, frame.length, opened, 0, "x"))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() ->
                        frames.open(ObjectKind.INDEX, FrameRole.BLOCK, 1, 1, frame, 0, frame.length, opened, 0, "x"))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() ->
                        frames.open(ObjectKind.PACK, FrameRole.BLOCK, 2, 1, frame, 0, frame.length, opened, 0, "x"))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() ->
                        frames.open(ObjectKind.PACK, FrameRole.BLOCK, 1, 2, frame, 0, frame.length, opened, 0, "x"))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> frames.open(ObjectKind.PACK, FrameRole.BLOCK, 1, 1, frame, 0, 39, opened, 0, "x"))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() ->
                        frames.open(ObjectKind.PACK, FrameRole.BLOCK, 99, 1, frame, 0, frame.length, opened, 0, "x"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void aBlockThatIsStoredAsItIs() {
        byte[] chunks = FixedRepository.utf8("Chunks of a block, one after the other");
        byte[] frame = new byte[4096];
        try (BlockWriter writer = new BlockWriter(FixedRepository.frames(1), Compression.OFF, true)) {
            assertThat(writer.write(chunks, chunks.length, frame, 0)).isEqualTo(4096);
        }
        Vectors.verify("block-stored", frame);
        try (BlockReader reader = new BlockReader(FixedRepository.frames(1))) {
            assertThat(reader.open(1, 1, frame, 0, frame.length, "x")).isEqualTo(chunks);
        }
    }

    /// What the compressor makes may change with its version; that it is understood may not.
    @Test
    void aBlockThatIsCompressed() {
        byte[] chunks = FixedRepository.utf8("all the same ".repeat(800));
        try (BlockReader reader = new BlockReader(FixedRepository.frames(1))) {
            byte[] frame = Vectors.read("block-zstd");
            assertThat(frame).hasSize(4096);
            assertThat(reader.open(1, 1, frame, 0, frame.length, "x")).isEqualTo(chunks);
        }
        byte[] frame = new byte[BlockWriter.longestFrame(chunks.length)];
        try (BlockWriter writer = new BlockWriter(FixedRepository.frames(1), Compression.DEFAULT, true)) {
            assertThat(writer.write(chunks, chunks.length, frame, 0)).isEqualTo(4096);
        }
    }

    private static byte[] blockPlain(String head, String rest) {
        byte[] plain = new byte[4096 - Frames.OVERHEAD];
        byte[] start = HexFormat.of().parseHex(head + rest);
        System.arraycopy(start, 0, plain, 0, start.length);
        return plain;
    }

    @Test
    void aBlocksPlaintextIsCheckedInEveryPlace() {
        try (BlockReader reader = new BlockReader(FixedRepository.frames(1))) {
            String head = "00" + "000000" + "00000003" + "00000003" + "00000000";
            byte[] chunks = new byte[8];
            assertThat(reader.unpack(blockPlain(head, "070809"), 4056, "x", chunks))
                    .isEqualTo(3);
            assertThat(chunks).startsWith(7, 8, 9);
            for (String wrong : List.of(
                    "00" + "000000" + "00000009" + "00000009" + "00000000",
                    "00" + "000001" + "00000003" + "00000003" + "00000000",
                    "00" + "000000" + "00000004" + "00000003" + "00000000",
                    "00" + "000000" + "01000001" + "00000003" + "00000000",
                    "00" + "000000" + "00000003" + "00000003" + "00000001",
                    "00" + "000000" + "00000fc9" + "00000fc9" + "00000000",
                    "00" + "000000" + "00000003" + "80000003" + "00000000",
                    "00" + "000000" + "00000002" + "00000002" + "00000000",
                    "01" + "000000" + "00000003" + "00000003" + "00000000",
                    "01" + "000000" + "00000003" + "00000000" + "00000000")) {
                assertThatThrownBy(() -> reader.unpack(blockPlain(wrong, "070809"), 4056, "x", chunks))
                        .as(wrong)
                        .isInstanceOf(DamageException.class);
            }
            String later = "02" + "000000" + "00000003" + "00000003" + "00000000";
            assertThatThrownBy(() -> reader.unpack(blockPlain(later, "070809"), 4056, "x", chunks))
                    .isInstanceOf(UsageException.class);
        }
    }

    @Test
    void blockRowsNameBlocksAndChunks() {
        ByteWriter out = new ByteWriter(16);
        rows().write(out);
        Vectors.verify("block-rows", out.toBytes());
        Rows read = new Rows();
        BlockRows.read(new ByteReader(Vectors.read("block-rows"), "x"), 20480, read);
        assertThat(read.said).isEqualTo(TOLD);
        assertThat(out.length()).isLessThanOrEqualTo(rows().encodedLength());
    }

    private static void readRows(String hex, int limit) {
        BlockRows.read(new ByteReader(HexFormat.of().parseHex(hex), "x"), limit, new Rows());
    }

    @Test
    void blocksThatOverlapOrLeaveThePackAreRefused() {
        readRows("01" + "01010101" + "00", 8192);
        readRows("02" + "01010101" + "00" + "01010201" + "00", 12288);
        for (String wrong : List.of(
                "01" + "01010001" + "00",
                "01" + "01010100" + "00",
                "01" + "01010102" + "00",
                "02" + "01010101" + "00" + "01010101" + "00",
                "02" + "01010102" + "00" + "01010201" + "00",
                "01" + "01" + "01" + "818001" + "01" + "00")) {
            assertThatThrownBy(() -> readRows(wrong, wrong.startsWith("02") ? 16384 : 8192))
                    .as(wrong)
                    .isInstanceOf(DamageException.class);
        }
    }

    @Test
    void chunksThatTogetherAreLongerThanABlockMayBeAreRefused() {
        String id = HexFormat.of().formatHex(rising(0, 32));
        String eightMebibytes = "81808010" + id;
        readRows("01" + "01010101" + "02" + eightMebibytes + eightMebibytes, 8192);
        assertThatThrownBy(() -> readRows("01" + "01010101" + "03" + eightMebibytes.repeat(3), 8192))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> readRows("01" + "01010101" + "01" + "8580801000" + id, 8192))
                .isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> readRows("01" + "01010101" + "01" + "04" + id, 8192))
                .isInstanceOf(UsageException.class);
    }

    private static byte[] pack(PackType type) {
        Frames frames = FixedRepository.frames(1);
        ObjectHeader header = frames.newHeader(ObjectKind.PACK);
        ByteWriter start = new ByteWriter(4096);
        header.write(start);
        start.zerosUpTo(4096);
        byte[] pack = Arrays.copyOf(start.toBytes(), 1 << 20);
        byte[] chunks = FixedRepository.utf8("firstsecond");
        int length;
        try (BlockWriter writer = new BlockWriter(frames, Compression.OFF, false)) {
            length = 4096 + writer.write(chunks, chunks.length, pack, 4096);
        }
        BlockRows rows = new BlockRows();
        rows.block(1, 1, 4096, length - 4096, 2);
        rows.chunk(type == PackType.DATA ? ChunkRole.DATA : ChunkRole.TREE, FIRST, 5);
        rows.chunk(type == PackType.DATA ? ChunkRole.DATA : ChunkRole.LIST, SECOND, 6);
        return Arrays.copyOf(pack, PackTable.finish(frames, header, type, rows, pack, length));
    }

    private static PackType readPack(byte[] bytes, Rows rows) {
        MemoryStore store = new MemoryStore();
        ObjectName name = SealedObject.name(ObjectKind.PACK, bytes, bytes.length);
        store.put(name, ByteBuffer.wrap(bytes));
        return PackTable.read(store, FixedRepository.frames(1), name, bytes.length, rows);
    }

    @ParameterizedTest
    @EnumSource(PackType.class)
    void aPackIsHeaderBlocksTableTrailer(PackType type) {
        byte[] pack = pack(type);
        assertThat(pack.length).isEqualTo(Sizes.padded(pack.length)).isEqualTo(8704);
        assertThat(Arrays.copyOfRange(pack, 48, 4096)).containsOnly(0);
        Vectors.verify("pack-" + type.name().toLowerCase(java.util.Locale.ROOT), pack);
        Rows rows = new Rows();
        assertThat(readPack(pack, rows)).isEqualTo(type);
        boolean data = type == PackType.DATA;
        assertThat(rows.said)
                .containsExactly(
                        "block 1 1 4096 4096 2",
                        "chunk " + (data ? "DATA " : "TREE ") + FIRST + " 0 5",
                        "chunk " + (data ? "DATA " : "LIST ") + SECOND + " 5 6");
    }

    @Test
    void theTrailerTellsWhereTheTableIs() {
        byte[] pack = pack(PackType.TREE);
        byte[] plain = new byte[88];
        FixedRepository.frames(1)
                .open(ObjectKind.PACK, FrameRole.TRAILER, 1, 1, pack, pack.length - 128, 128, plain, 0, "x");
        String expected = HexFormat.of().formatHex(rising(0, 32)) + "00002000" + "00000180" + "02" + "00".repeat(47);
        assertThat(HexFormat.of().formatHex(plain)).isEqualTo(expected);
    }

    @Test
    void aTableOfAnotherPackIsRefused() {
        byte[] pack = pack(PackType.DATA);
        pack[16] ^= 1; // the salt in the header
        assertThatThrownBy(() -> readPack(pack, new Rows()))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("moved");
    }

    @Test
    void packsOfImpossibleLengthsAreRefused() {
        assertThatThrownBy(() -> readPack(new byte[4096 + 127], new Rows())).isInstanceOf(DamageException.class);
        assertThatThrownBy(() -> readPack(new byte[64], new Rows())).isInstanceOf(DamageException.class);
    }

    @Test
    void anIndexStatesWhatIsCondemnedAndWhatNoticesHaveLived() {
        IndexObject.Statements statements = new IndexObject.Statements(
                List.of(new IndexObject.PackEntry(named(ObjectKind.PACK, 1), 20992, PackType.DATA, rows())),
                List.of(named(ObjectKind.PACK, 2), named(ObjectKind.PACK, 3)),
                new TreeMap<>(Map.of(named(ObjectKind.NOTICE, 4), 7)),
                List.of(FIRST));
        byte[] index = IndexObject.encode(FixedRepository.frames(1), statements);
        Vectors.verify("index-statements", index);
        IndexObject.Statements read = IndexObject.read(
                FixedRepository.frames(1), SealedObject.name(ObjectKind.INDEX, index, index.length), index);
        assertThat(read.condemned()).isEqualTo(statements.condemned());
        assertThat(read.outlived()).isEqualTo(statements.outlived());
        assertThat(read.unprotected()).containsExactly(FIRST);
        Rows told = new Rows();
        read.packs().getFirst().rows().tell(told);
        assertThat(told.said).isEqualTo(TOLD);
    }

    @Test
    void aNoticeNamesItsRunItsPacksAndItsTree() {
        NoticeObject notice = new NoticeObject(
                HexFormat.of().formatHex(rising(0x20, 16)),
                5,
                Optional.of(new TreeReference(1, FIRST, 1234)),
                List.of(named(ObjectKind.PACK, 1), named(ObjectKind.PACK, 2)));
        byte[] bytes = notice.encode(FixedRepository.frames(1));
        assertThat(bytes).hasSize(512);
        Vectors.verify("notice", bytes);
        ObjectName name = SealedObject.name(ObjectKind.NOTICE, bytes, bytes.length);
        assertThat(NoticeObject.decode(FixedRepository.frames(1), name, bytes)).isEqualTo(notice);
    }

    @Test
    void anIndexRepeatsTables() {
        byte[] index = IndexObject.encode(
                FixedRepository.frames(1),
                List.of(
                        new IndexObject.PackEntry(named(ObjectKind.PACK, 1), 20992, PackType.DATA, rows()),
                        new IndexObject.PackEntry(named(ObjectKind.PACK, 2), 4736, PackType.TREE, new BlockRows())));
        assertThat(index).hasSize(512);
        Vectors.verify("index", index);
        List<String> said = new ArrayList<>();
        IndexObject.decode(
                FixedRepository.frames(1),
                SealedObject.name(ObjectKind.INDEX, index, index.length),
                index,
                (name, size, type) -> {
                    said.add(name.hex() + " " + size + " " + type);
                    Rows rows = new Rows();
                    return new BlockRows.Visitor() {
                        @Override
                        public void block(int suite, int key, int offset, int length, int chunks) {
                            rows.block(suite, key, offset, length, chunks);
                            said.add(rows.said.getLast());
                        }

                        @Override
                        public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                            rows.chunk(role, id, offset, length);
                            said.add(rows.said.getLast());
                        }
                    };
                });
        List<String> expected = new ArrayList<>();
        expected.add(named(ObjectKind.PACK, 1).hex() + " 20992 DATA");
        expected.addAll(TOLD);
        expected.add(named(ObjectKind.PACK, 2).hex() + " 4736 TREE");
        assertThat(said).isEqualTo(expected);
    }

    private static SnapshotRecord record(ObjectName name) {
        Head head = new Head(HexFormat.of().formatHex(rising(0x80, 16)), 500, named(ObjectKind.SNAPSHOT, 3));
        ChainLink link = new ChainLink(
                HexFormat.of().formatHex(rising(0x90, 16)),
                7,
                Optional.of(named(ObjectKind.SNAPSHOT, 4)),
                List.of(head));
        Snapshot snapshot = new Snapshot(
                name,
                new Timestamp(1_700_000_000, 123_456_789),
                new Timestamp(1_700_000_100, 0),
                "host",
                "üser",
                "0.1",
                List.of(FixedRepository.utf8("/etc"), new byte[] {'/', (byte) 0xff}),
                List.of("one", "two"),
                Optional.of(named(ObjectKind.SNAPSHOT, 5)),
                new Counts(1, 2, 3, 4, 5, 6, 7, 8, 9, 1000),
                new TreeReference(1, FIRST, 300));
        return new SnapshotRecord(link, snapshot);
    }

    @Test
    void aSnapshotHasEveryField() {
        byte[] bytes = record(named(ObjectKind.SNAPSHOT, 0)).encode(FixedRepository.frames(1));
        assertThat(bytes).hasSize(512);
        Vectors.verify("snapshot", bytes);
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        SnapshotRecord read =
                SnapshotRecord.decode(FixedRepository.frames(1), name, bytes).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(record(name));
    }

    private static byte[] sealedRecord(String fields) {
        return SealedObject.seal(FixedRepository.frames(1), ObjectKind.SNAPSHOT, FrameRole.RECORD, out -> {
            byte[] bytes = HexFormat.of().parseHex(fields);
            out.raw(bytes);
        });
    }

    private static Optional<SnapshotRecord> decode(byte[] bytes) {
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        return SnapshotRecord.decode(FixedRepository.frames(1), name, bytes);
    }

    @Test
    void aRecordOfAnotherTypeIsPassedOver() {
        assertThat(decode(sealedRecord("010105" + "0210" + "90".repeat(16) + "300105")))
                .isEmpty();
    }

    @Test
    void aSnapshotWithoutATreeIsDamage() {
        assertThatThrownBy(() -> decode(sealedRecord("010101"))).isInstanceOf(DamageException.class);
    }

    @Test
    void aSnapshotWithAnUnknownTagBelow128NeedsANewerVersion() {
        assertThatThrownBy(() -> decode(sealedRecord("010101" + "160105"))).isInstanceOf(UsageException.class);
    }

    @Test
    void anObjectThatDoesNotFitItsNameIsDamage() {
        byte[] bytes = Vectors.read("snapshot");
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        bytes[300] ^= 1;
        assertThatThrownBy(() -> SnapshotRecord.decode(FixedRepository.frames(1), name, bytes))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("name");
    }

    @Test
    void aSealedObjectUnderAnotherSaltIsDamage() {
        byte[] bytes = Vectors.read("snapshot");
        bytes[16] ^= 1;
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("moved");
    }
}
