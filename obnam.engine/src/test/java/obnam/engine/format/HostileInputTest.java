package obnam.engine.format;

import static obnam.engine.format.FixedRepository.rising;
import static obnam.engine.format.FixedRepository.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.engine.Compression;
import obnam.engine.Credential;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.engine.keys.KeyObject;
import obnam.engine.keys.RepositoryConfig;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileType;
import obnam.posix.Timestamp;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes a parser is given, also by somebody who has the keys, it ends with a result or an
/// [ObnamException]: nothing else is thrown, and no memory is asked for that the bytes do not pay for (that
/// would be an `OutOfMemoryError`, which is no ObnamException).
final class HostileInputTest {

    private static final ChunkId ID = ChunkId.from(rising(0, 32), 0);

    /// A parser, with a plaintext that it takes.
    private record Parser(byte[] valid, Consumer<byte[]> parse) {}

    private static final Map<String, Parser> PARSERS = parsers();

    private static Map<String, Parser> records() {
        return Stream.of("forget", "annul", "tag")
                .collect(Collectors.toMap(
                        record -> record,
                        record -> new Parser(
                                plain(record, ObjectKind.SNAPSHOT, FrameRole.RECORD), HostileInputTest::snapshot)));
    }

    private static Map<String, Parser> parsers() {
        Map<String, Parser> all = new LinkedHashMap<>();
        all.put("config", new Parser(config(), RepositoryConfig::decode));
        all.put("key, clear part", new Parser(key(), bytes -> KeyObject.decode(bytes, "key")));
        all.put("key ring", new Parser(ring(), HostileInputTest::openRing));
        all.put("index", new Parser(plain("index", ObjectKind.INDEX, FrameRole.INDEX), HostileInputTest::index));
        all.put(
                "index statements",
                new Parser(plain("index-statements", ObjectKind.INDEX, FrameRole.INDEX), HostileInputTest::index));
        all.put("notice", new Parser(plain("notice", ObjectKind.NOTICE, FrameRole.NOTICE), HostileInputTest::notice));
        all.put(
                "snapshot",
                new Parser(plain("snapshot", ObjectKind.SNAPSHOT, FrameRole.RECORD), HostileInputTest::snapshot));
        all.putAll(records());
        all.put("block rows", new Parser(Vectors.read("block-rows"), bytes -> rows(new ByteReader(bytes, "rows"))));
        all.put("pack table", new Parser(table(), HostileInputTest::packWithTable));
        all.put("pack trailer", new Parser(trailer(), HostileInputTest::packWithTrailer));
        all.put("stored block", new Parser(block(Compression.OFF), HostileInputTest::unpack));
        all.put("compressed block", new Parser(block(Compression.FAST), HostileInputTest::unpack));
        all.put("leaf", new Parser(leaf(), HostileInputTest::readLeaf));
        all.put("inner node", new Parser(inner(), bytes -> TreeNodes.treeChildren(new ByteReader(bytes, "node"))));
        all.put(
                "list node",
                new Parser(
                        new ByteWriter(64)
                                .varint(300)
                                .id(ID)
                                .varint(7)
                                .varint(1)
                                .id(ID)
                                .varint(8)
                                .toBytes(),
                        bytes -> TreeNodes.listChildren(new ByteReader(bytes, "list"))));
        all.put(
                "pieces",
                new Parser(
                        new ByteWriter(64)
                                .varint(10)
                                .id(ID)
                                .varint(1001)
                                .varint(8)
                                .id(ID)
                                .toBytes(),
                        bytes -> TreeNodes.pieces(new ByteReader(bytes, "pieces"))));
        return all;
    }

    static Stream<String> names() {
        return PARSERS.keySet().stream();
    }

    private static byte[] config() {
        return new RepositoryConfig(FixedRepository.ID, "gear", FixedRepository.SIZES, "hmac-sha-256", 1).encode();
    }

    private static byte[] key() {
        return Vectors.read("key-suite-1");
    }

    private static byte[] ring() {
        ByteWriter out = new ByteWriter(512);
        FixedRepository.ring()
                .entries()
                .forEach(entry -> out.field(
                        1,
                        new ByteWriter(64)
                                .varint(entry.number())
                                .u8(entry.purpose())
                                .varint(entry.epoch())
                                .raw(entry.key())));
        return out.field(2, rising(0, 32)).field(3, 7L).zerosUpTo(512).toBytes();
    }

    private static void openRing(byte[] plain) {
        byte[] encryption = rising(0x11, 32);
        var wrap = FixedRepository.PROVIDERS.cipher(1).create(encryption);
        byte[] sealed = new byte[plain.length + Frames.OVERHEAD];
        byte[] associated = Frames.associatedData(1, ObjectKind.KEY, FrameRole.RING, FixedRepository.ID);
        wrap.seal(sealed, 0, associated, plain, 0, plain.length, sealed, 24);
        KeyObject key = KeyObject.decode(key(), "key");
        KeyObject resealed = new KeyObject(
                key.header(),
                key.repository(),
                key.keyId(),
                key.deriver(),
                key.parameters(),
                sealed,
                key.authenticated(),
                key.mac());
        resealed.fits(new Credential(FixedRepository.ID, "", encryption, encryption));
        resealed.open(wrap, "key");
    }

    /// The plaintext of a vector, behind the salt.
    private static byte[] plain(String vector, ObjectKind kind, FrameRole role) {
        byte[] bytes = Vectors.read(vector);
        ByteReader in =
                SealedObject.open(FixedRepository.frames(1), SealedObject.name(kind, bytes, bytes.length), role, bytes);
        return in.raw(in.remaining());
    }

    private static byte[] sealed(ObjectKind kind, FrameRole role, byte[] plain) {
        return SealedObject.seal(FixedRepository.frames(1), kind, role, out -> out.raw(plain));
    }

    private static BlockRows.Visitor anyRows() {
        return new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {}

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {}
        };
    }

    private static void rows(ByteReader in) {
        BlockRows.read(in, 1 << 20, anyRows());
    }

    private static void index(byte[] plain) {
        byte[] bytes = sealed(ObjectKind.INDEX, FrameRole.INDEX, plain);
        ObjectName name = SealedObject.name(ObjectKind.INDEX, bytes, bytes.length);
        IndexObject.decode(FixedRepository.frames(1), name, bytes, (_, _, _) -> anyRows());
        var _ = IndexObject.read(FixedRepository.frames(1), name, bytes);
    }

    private static void notice(byte[] plain) {
        byte[] bytes = sealed(ObjectKind.NOTICE, FrameRole.NOTICE, plain);
        ObjectName name = SealedObject.name(ObjectKind.NOTICE, bytes, bytes.length);
        var _ = NoticeObject.decode(FixedRepository.frames(1), name, bytes);
    }

    private static void snapshot(byte[] plain) {
        byte[] bytes = sealed(ObjectKind.SNAPSHOT, FrameRole.RECORD, plain);
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        SnapshotRecord.decode(FixedRepository.frames(1), name, bytes);
    }

    private static byte[] table() {
        byte[] pack = Vectors.read("pack-data");
        byte[] plain = new byte[pack.length - 128 - 8192 - Frames.OVERHEAD];
        FixedRepository.frames(1)
                .open(ObjectKind.PACK, FrameRole.TABLE, 1, 1, pack, 8192, pack.length - 128 - 8192, plain, 0, "x");
        return plain;
    }

    private static byte[] trailer() {
        byte[] pack = Vectors.read("pack-data");
        byte[] plain = new byte[88];
        FixedRepository.frames(1)
                .open(ObjectKind.PACK, FrameRole.TRAILER, 1, 1, pack, pack.length - 128, 128, plain, 0, "x");
        return plain;
    }

    private static void pack(byte[] table, byte[] trailer) {
        Frames frames = FixedRepository.frames(1);
        byte[] bytes = Arrays.copyOf(Vectors.read("pack-data"), 8192 + table.length + trailer.length + 80);
        frames.seal(ObjectKind.PACK, FrameRole.TABLE, table, 0, table.length, bytes, 8192);
        frames.seal(ObjectKind.PACK, FrameRole.TRAILER, trailer, 0, trailer.length, bytes, 8232 + table.length);
        MemoryStore store = new MemoryStore();
        ObjectName name = SealedObject.name(ObjectKind.PACK, bytes, bytes.length);
        store.put(name, ByteBuffer.wrap(bytes));
        PackTable.read(store, frames, name, bytes.length, anyRows());
    }

    private static void packWithTable(byte[] table) {
        byte[] trailer = new ByteWriter(88)
                .raw(rising(0, 32))
                .u32(8192)
                .u32(table.length + 40)
                .u8(1)
                .zerosUpTo(88)
                .toBytes();
        pack(table, trailer);
    }

    private static void packWithTrailer(byte[] trailer) {
        pack(table(), Arrays.copyOf(trailer, 88));
    }

    private static byte[] block(Compression compression) {
        byte[] chunks = utf8("all the same ".repeat(30));
        byte[] frame = new byte[4096];
        try (BlockWriter writer = new BlockWriter(FixedRepository.frames(1), compression, false)) {
            writer.write(chunks, chunks.length, frame, 0);
        }
        byte[] plain = new byte[4096 - Frames.OVERHEAD];
        FixedRepository.frames(1).open(ObjectKind.PACK, FrameRole.BLOCK, 1, 1, frame, 0, 4096, plain, 0, "x");
        return Arrays.copyOf(plain, 600);
    }

    private static void unpack(byte[] plain) {
        byte[] frame = new byte[plain.length + Frames.OVERHEAD];
        FixedRepository.frames(1).seal(ObjectKind.PACK, FrameRole.BLOCK, plain, 0, plain.length, frame, 0);
        try (BlockReader reader = new BlockReader(FixedRepository.frames(1))) {
            reader.open(1, 1, frame, 0, frame.length, "block");
        }
    }

    private static Entry entry(FileType type, String name, Entry.Body body) {
        Timestamp time = new Timestamp(1_700_000_000, 5);
        return new Entry(
                type,
                utf8(name),
                0644,
                1000,
                100,
                time,
                time,
                300,
                true,
                false,
                false,
                body,
                List.of(new ExtendedAttribute(utf8("user.a"), new byte[] {1})),
                OptionalInt.of(16),
                Optional.of(time),
                Optional.of(time));
    }

    private static byte[] leaf() {
        Entry.Piece data = new Entry.Piece(5, Optional.of(ID));
        Entry.Piece hole = new Entry.Piece(1L << 40, Optional.empty());
        ByteWriter out = new ByteWriter(512).u8(0);
        new TreeNodes.Owners(Map.of(0L, utf8("root"), 1000L, utf8("me")), Map.of(100L, utf8("users"))).write(out);
        return out.raw(EntryEncoder.encode(entry(
                        FileType.REGULAR, "a", new Entry.File(5 + (1L << 40), new Entry.Inline(List.of(data, hole))))))
                .raw(EntryEncoder.encode(
                        entry(FileType.REGULAR, "b", new Entry.File(5000, new Entry.ListReference(1, ID, 300)))))
                .raw(EntryEncoder.encode(
                        entry(FileType.DIRECTORY, "c", new Entry.Directory(new TreeReference(1, ID, 300)))))
                .raw(EntryEncoder.encode(entry(FileType.SYMLINK, "d", new Entry.Symlink(utf8("to")))))
                .raw(EntryEncoder.encode(entry(FileType.BLOCK_DEVICE, "e", new Entry.Device(8, 300))))
                .toBytes();
    }

    private static void readLeaf(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "leaf");
        TreeNodes.expectLevel(in, 0);
        TreeNodes.owners(in);
        EntryCursor cursor = new EntryCursor(in, new byte[0]);
        while (cursor.next()) {
            cursor.entry();
        }
    }

    private static byte[] inner() {
        return new ByteWriter(64)
                .bytes(utf8("a"))
                .id(ID)
                .varint(300)
                .varint(5)
                .bytes(utf8("b"))
                .id(ID)
                .varint(1)
                .varint(500)
                .toBytes();
    }

    private static void parse(Parser parser, byte[] bytes, String how) {
        try {
            parser.parse().accept(bytes);
        } catch (ObnamException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(how + ": " + java.util.HexFormat.of().formatHex(bytes), e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theValidPlaintextIsTaken(String name) {
        Parser parser = PARSERS.get(name);
        parser.parse().accept(parser.valid());
        assertThat(parser.valid()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyTruncationEndsInATypedError(String name) {
        Parser parser = PARSERS.get(name);
        for (int length = 0; length < parser.valid().length; length++) {
            parse(parser, Arrays.copyOf(parser.valid(), length), "truncated to " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyChangedByteEndsInATypedErrorOrAResult(String name) {
        Parser parser = PARSERS.get(name);
        for (int at = 0; at < parser.valid().length; at++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, parser.valid()[at] ^ 1, parser.valid()[at] + 1}) {
                byte[] changed = parser.valid().clone();
                changed[at] = (byte) value;
                parse(parser, changed, "byte " + at + " set to " + value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void randomChangesEndInATypedErrorOrAResult(String name) {
        Parser parser = PARSERS.get(name);
        long seed = 20_260_702;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = random.nextBoolean()
                    ? parser.valid().clone()
                    : new byte[random.nextInt(parser.valid().length + 64)];
            int changes = bytes.length == 0 ? 0 : 1 + random.nextInt(6);
            for (int c = 0; c < changes; c++) {
                int at = random.nextInt(bytes.length);
                byte[] noise = new byte[Math.min(bytes.length - at, 1 + random.nextInt(10))];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, noise.length);
            }
            parse(parser, bytes, "seed " + seed + ", round " + i);
        }
    }
}
