package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Counts;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.Timestamp;

/// The fields of a record as they come.
final class RecordDraft {

    private static final int NAME_LENGTH = 32;

    private final ObjectName name;
    private int type;
    private String chain = "";
    private long number;
    private Optional<ObjectName> before = Optional.empty();
    private final List<Head> heads = new ArrayList<>();
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
    private final List<Head> records = new ArrayList<>();
    private final List<RemovalRecord.Range> ranges = new ArrayList<>();
    private long revision;

    RecordDraft(ObjectName name) {
        this.name = name;
    }

    /// Takes a field.
    ///
    /// @return whether a record of this type may have it
    boolean field(int tag, ByteReader in) {
        return linkField(tag, in)
                || switch (type) {
                    case RecordFields.TYPE_SNAPSHOT -> authorField(tag, in) || snapshotField(tag, in);
                    case RecordFields.TYPE_FORGET ->
                        authorField(tag, in) || recordField(tag, in) || rangeField(tag, in);
                    case RecordFields.TYPE_ANNUL -> authorField(tag, in) || recordField(tag, in);
                    case RecordFields.TYPE_TAG -> authorField(tag, in) || recordField(tag, in) || tagsField(tag, in);
                    default -> true;
                };
    }

    private boolean linkField(int tag, ByteReader in) {
        switch (tag) {
            case RecordFields.TYPE -> type = in.u8();
            case RecordFields.CHAIN -> chain = hex(in, ChainLink.CHAIN_LENGTH);
            case RecordFields.NUMBER -> number = in.varint(Long.MAX_VALUE);
            case RecordFields.BEFORE -> before = Optional.of(objectName(in));
            case RecordFields.HEAD -> heads.add(head(in));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean authorField(int tag, ByteReader in) {
        switch (tag) {
            case RecordFields.TIME -> time = in.time();
            case RecordFields.HOST -> host = rest(in);
            case RecordFields.USER -> user = rest(in);
            case RecordFields.PROGRAM -> program = rest(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean snapshotField(int tag, ByteReader in) {
        switch (tag) {
            case RecordFields.ROOT -> roots.add(in.raw(in.remaining()));
            case RecordFields.TAG -> tags.add(rest(in));
            case RecordFields.TREE -> tree = Optional.of(TreeNodes.treeReference(in));
            case RecordFields.PARENT -> parent = Optional.of(objectName(in));
            case RecordFields.END_TIME -> endTime = in.time();
            case RecordFields.COUNTS -> counts = readCounts(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean recordField(int tag, ByteReader in) {
        return tag == RecordFields.RECORD && records.add(head(in));
    }

    private boolean rangeField(int tag, ByteReader in) {
        if (tag != RecordFields.RANGE) {
            return false;
        }
        String of = hex(in, ChainLink.CHAIN_LENGTH);
        long first = in.varint(Long.MAX_VALUE);
        long last = in.varint(Long.MAX_VALUE);
        if (last < first) {
            throw in.damage("a range ends before it begins");
        }
        return ranges.add(new RemovalRecord.Range(of, first, last));
    }

    private boolean tagsField(int tag, ByteReader in) {
        switch (tag) {
            case RecordFields.REVISION -> revision = in.varint(Long.MAX_VALUE);
            case RecordFields.LABEL -> tags.add(rest(in));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Head head(ByteReader in) {
        return new Head(hex(in, ChainLink.CHAIN_LENGTH), in.varint(Long.MAX_VALUE), objectName(in));
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

    /// The record.
    LogRecord finish() {
        if (chain.isEmpty()) {
            throw ByteReader.damage("a record belongs to no chain", name);
        }
        ChainLink link = new ChainLink(chain, number, before, List.copyOf(heads));
        LogRecord.Author author = new LogRecord.Author(time, host, user, program);
        return switch (type) {
            case RecordFields.TYPE_SNAPSHOT -> new SnapshotRecord(link, snapshot());
            case RecordFields.TYPE_FORGET, RecordFields.TYPE_ANNUL ->
                new RemovalRecord(
                        name, link, author, type == RecordFields.TYPE_ANNUL, List.copyOf(records), List.copyOf(ranges));
            case RecordFields.TYPE_TAG ->
                new TagRecord(name, link, author, List.copyOf(records), revision, List.copyOf(tags));
            default -> new OtherRecord(name, link);
        };
    }

    private Snapshot snapshot() {
        TreeReference root = tree.orElseThrow(() -> ByteReader.damage("a snapshot has no tree", name));
        return new Snapshot(name, time, endTime, host, user, program, roots, tags, parent, counts, root);
    }
}
