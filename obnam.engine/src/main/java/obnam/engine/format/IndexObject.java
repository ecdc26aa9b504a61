package obnam.engine.format;

import java.util.HexFormat;
import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// INDEX objects; section 7.1 of the format.
public final class IndexObject {

    private static final int PACK = 1;
    private static final int NAME_LENGTH = 32;

    private IndexObject() {}

    /// What an index says of a pack.
    ///
    /// @param name the pack
    /// @param size its length in bytes
    /// @param type its type
    /// @param rows its block rows
    public record PackEntry(ObjectName name, int size, PackType type, BlockRows rows) {}

    /// Receives what an index says.
    public interface Visitor {
        /// A pack; its blocks go to the visitor that is returned.
        BlockRows.Visitor pack(ObjectName name, int size, PackType type);
    }

    /// Makes an INDEX object.
    public static byte[] encode(Frames frames, List<PackEntry> packs) {
        return SealedObject.seal(frames, ObjectKind.INDEX, FrameRole.INDEX, out -> {
            for (PackEntry pack : packs) {
                ByteWriter body = new ByteWriter(pack.rows().encodedLength() + 64);
                body.raw(HexFormat.of().parseHex(pack.name().hex()));
                body.varint(pack.size()).u8(pack.type().number());
                pack.rows().write(body);
                out.field(PACK, body);
            }
        });
    }

    /// Upper bound of the bytes by which a pack makes an index longer.
    public static int lengthOf(BlockRows rows) {
        return rows.encodedLength() + 64;
    }

    /// Reads an INDEX object.
    public static void decode(Frames frames, ObjectName name, byte[] bytes, Visitor visitor) {
        ByteReader in = SealedObject.open(frames, name, FrameRole.INDEX, bytes);
        while (!in.atEnd()) {
            int type = in.count(Integer.MAX_VALUE);
            if (type == 0) {
                in.onlyZeros();
                return;
            }
            ByteReader body = in.part(in.remaining());
            if (type == PACK) {
                pack(body, visitor);
            } else {
                body.unknown(type);
            }
        }
    }

    private static void pack(ByteReader body, Visitor visitor) {
        String hex = HexFormat.of().formatHex(body.raw(NAME_LENGTH));
        ObjectName pack = new ObjectName(ObjectKind.PACK, hex);
        int size = body.count(Sizes.OBJECT_LIMIT);
        BlockRows.read(body, size, visitor.pack(pack, size, PackType.of(body.u8(), pack)));
        body.nothing();
    }
}
