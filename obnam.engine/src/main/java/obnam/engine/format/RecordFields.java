package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import obnam.api.ObjectName;
import obnam.engine.Head;

/// The tags of section 7.2 of the format, and how the ones that all records have are written.
final class RecordFields {

    static final int TYPE = 1;
    static final int CHAIN = 2;
    static final int NUMBER = 3;
    static final int BEFORE = 4;
    static final int HEAD = 5;
    static final int TIME = 6;
    static final int HOST = 7;
    static final int USER = 8;
    static final int PROGRAM = 9;
    static final int ROOT = 16;
    static final int TAG = 17;
    static final int TREE = 18;
    static final int PARENT = 19;
    static final int END_TIME = 20;
    static final int COUNTS = 21;
    static final int RECORD = 32;
    static final int RANGE = 33;
    static final int REVISION = 34;
    static final int LABEL = 35;

    static final int TYPE_SNAPSHOT = 1;
    static final int TYPE_FORGET = 2;
    static final int TYPE_ANNUL = 3;
    static final int TYPE_TAG = 4;

    private RecordFields() {}

    /// Writes the tags 1 to 9.
    static void begin(ByteWriter out, int type, ChainLink link, LogRecord.Author author) {
        out.field(TYPE, new ByteWriter(1).u8(type));
        out.field(CHAIN, HexFormat.of().parseHex(link.chain()));
        out.field(NUMBER, link.number());
        link.before().ifPresent(before -> out.field(BEFORE, digest(before)));
        link.heads().forEach(head -> out.field(HEAD, head(head)));
        out.field(TIME, author.time());
        out.field(HOST, utf8(author.host()));
        out.field(USER, utf8(author.user()));
        out.field(PROGRAM, utf8(author.programVersion()));
    }

    static ByteWriter head(Head head) {
        return new ByteWriter(64)
                .raw(HexFormat.of().parseHex(head.chain()))
                .varint(head.number())
                .raw(digest(head.name()));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] digest(ObjectName name) {
        return HexFormat.of().parseHex(name.hex());
    }
}
