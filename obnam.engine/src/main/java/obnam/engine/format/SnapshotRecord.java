package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Counts;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.Timestamp;

/// A SNAPSHOT object of record type 1; section 7.2 of the format.
///
/// @param link its place in the chain of this machine's records
/// @param snapshot what it says; its own name is known only once it is sealed
public record SnapshotRecord(ChainLink link, Snapshot snapshot) {

    private static final int TYPE = 1;
    private static final int CHAIN = 2;
    private static final int NUMBER = 3;
    private static final int BEFORE = 4;
    private static final int HEAD = 5;
    private static final int TIME = 6;
    private static final int HOST = 7;
    private static final int USER = 8;
    private static final int PROGRAM = 9;
    private static final int ROOT = 16;
    private static final int TAG = 17;
    private static final int TREE = 18;
    private static final int PARENT = 19;
    private static final int END_TIME = 20;
    private static final int COUNTS = 21;
    private static final int TYPE_SNAPSHOT = 1;
    private static final int NAME_LENGTH = 32;

    /// Makes the bytes of the object.
    public byte[] encode(Frames frames) {
        return SealedObject.seal(frames, ObjectKind.SNAPSHOT, FrameRole.RECORD, this::write);
    }

    private void write(ByteWriter out) {
        out.field(TYPE, new ByteWriter(1).u8(TYPE_SNAPSHOT));
        out.field(CHAIN, HexFormat.of().parseHex(link.chain()));
        out.field(NUMBER, link.number());
        link.before().ifPresent(before -> out.field(BEFORE, digest(before)));
        for (ChainLink.Head head : link.heads()) {
            out.field(
                    HEAD,
                    new ByteWriter(64)
                            .raw(HexFormat.of().parseHex(head.chain()))
                            .varint(head.number())
                            .raw(digest(head.name())));
        }
        out.field(TIME, snapshot.time());
        out.field(HOST, utf8(snapshot.host()));
        out.field(USER, utf8(snapshot.user()));
        out.field(PROGRAM, utf8(snapshot.programVersion()));
        snapshot.roots().forEach(root -> out.field(ROOT, root));
        snapshot.tags().forEach(tag -> out.field(TAG, utf8(tag)));
        out.field(TREE, treeReference(new ByteWriter(48), snapshot.tree()));
        snapshot.parent().ifPresent(parent -> out.field(PARENT, digest(parent)));
        out.field(END_TIME, snapshot.endTime());
        out.field(COUNTS, counts(snapshot.counts()));
    }

    private static ByteWriter counts(Counts counts) {
        return new ByteWriter(64)
                .varint(counts.files())
                .varint(counts.directories())
                .varint(counts.others())
                .varint(counts.bytes())
                .varint(counts.filesRead())
                .varint(counts.bytesRead())
                .varint(counts.newChunks())
                .varint(counts.newBytes())
                .varint(counts.storedBytes())
                .varint(counts.unreadable());
    }

    /// Reads an object, after checking its name.
    ///
    /// @return empty if it is a record of another type
    public static Optional<SnapshotRecord> decode(Frames frames, ObjectName name, byte[] bytes) {
        Draft draft = new Draft(name);
        SealedObject.open(frames, name, FrameRole.RECORD, bytes).fields(draft::field);
        return draft.type == TYPE_SNAPSHOT ? Optional.of(draft.finish()) : Optional.empty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digest(ObjectName name) {
        return HexFormat.of().parseHex(name.hex());
    }

    /// Writes a tree reference.
    static ByteWriter treeReference(ByteWriter out, TreeReference tree) {
        return out.u8(tree.level()).id(tree.id()).varint(tree.length());
    }

    /// The fields as they come.
    private static final class Draft {
        private final ObjectName name;
        private int type;
        private String chain = "";
        private long number;
        private Optional<ObjectName> before = Optional.empty();
        private final List<ChainLink.Head> heads = new ArrayList<>();
        private Timestamp time = new Timestamp(0, 0);
        private Timestamp endTime = new Timestamp(0, 0);
        private String host = "";
        private String user = "";
        private String program = "";
        private final List<byte[]> roots = new ArrayList<>();
        private final List<String> tags = new ArrayList<>();
        private Optional<TreeReference> tree = Optional.empty();
        private Optional<ObjectName> parent = Optional.empty();
        private Counts counts = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Draft(ObjectName name) {
            this.name = name;
        }

        boolean field(int tag, ByteReader in) {
            switch (tag) {
                case TYPE -> type = in.u8();
                case CHAIN -> chain = hex(in, ChainLink.CHAIN_LENGTH);
                case NUMBER -> number = in.varint(Long.MAX_VALUE);
                case BEFORE -> before = Optional.of(objectName(in));
                case HEAD ->
                    heads.add(new ChainLink.Head(
                            hex(in, ChainLink.CHAIN_LENGTH), in.varint(Long.MAX_VALUE), objectName(in)));
                case TIME -> time = in.time();
                case HOST -> host = rest(in);
                case USER -> user = rest(in);
                case PROGRAM -> program = rest(in);
                case ROOT -> roots.add(in.raw(in.remaining()));
                case TAG -> tags.add(rest(in));
                case TREE -> tree = Optional.of(TreeNodes.treeReference(in));
                case PARENT -> parent = Optional.of(objectName(in));
                case END_TIME -> endTime = in.time();
                case COUNTS -> counts = readCounts(in);
                default -> {
                    return type != TYPE_SNAPSHOT;
                }
            }
            return true;
        }

        private static String hex(ByteReader in, int length) {
            return HexFormat.of().formatHex(in.raw(length));
        }

        private static ObjectName objectName(ByteReader in) {
            return new ObjectName(ObjectKind.SNAPSHOT, hex(in, NAME_LENGTH));
        }

        private static String rest(ByteReader in) {
            return new String(in.raw(in.remaining()), StandardCharsets.UTF_8);
        }

        private static Counts readCounts(ByteReader in) {
            return new Counts(
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint(),
                    in.varint());
        }

        SnapshotRecord finish() {
            TreeReference root = tree.orElseThrow(() -> ByteReader.damage("a snapshot has no tree", name));
            return new SnapshotRecord(
                    new ChainLink(chain, number, before, heads),
                    new Snapshot(name, time, endTime, host, user, program, roots, tags, parent, counts, root));
        }
    }
}
