package obnam.engine.format;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// INDEX objects; section 7.1 of the format.
public final class IndexObject {

    private static final int PACK = 1;
    private static final int CONDEMNED = 2;
    private static final int OUTLIVED = 128;
    private static final int UNPROTECTED = 129;
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

        /// A pack that somebody is going to delete.
        default void condemned(ObjectName pack) {}

        /// A notice that was there through so many prunes, the last of them the one that says so.
        default void outlived(ObjectName notice, int prunes) {}

        /// The root of a tree whose notice was dropped: a snapshot of it may lack chunks.
        default void unprotected(ChunkId tree) {}
    }

    /// What an index says, as a value.
    ///
    /// @param packs where chunks are
    /// @param condemned packs that somebody is going to delete
    /// @param outlived how many prunes a notice was there through
    /// @param unprotected roots of trees whose notices were dropped
    public record Statements(
            List<PackEntry> packs,
            List<ObjectName> condemned,
            SortedMap<ObjectName, Integer> outlived,
            List<ChunkId> unprotected) {

        /// Only packs.
        public static Statements of(List<PackEntry> packs) {
            return new Statements(packs, List.of(), new TreeMap<>(), List.of());
        }

        /// Only a condemned set.
        public static Statements condemning(List<ObjectName> packs) {
            return new Statements(List.of(), packs, new TreeMap<>(), List.of());
        }
    }

    /// Makes an INDEX object that names packs.
    public static byte[] encode(Frames frames, List<PackEntry> packs) {
        return encode(frames, Statements.of(packs));
    }

    /// Makes an INDEX object.
    public static byte[] encode(Frames frames, Statements statements) {
        return SealedObject.seal(frames, ObjectKind.INDEX, FrameRole.INDEX, out -> {
            for (PackEntry pack : statements.packs()) {
                ByteWriter body = new ByteWriter(pack.rows().encodedLength() + 64);
                body.raw(digest(pack.name()));
                body.varint(pack.size()).u8(pack.type().number());
                pack.rows().write(body);
                out.field(PACK, body);
            }
            if (!statements.condemned().isEmpty()) {
                ByteWriter body = new ByteWriter(statements.condemned().size() * NAME_LENGTH);
                statements.condemned().forEach(pack -> body.raw(digest(pack)));
                out.field(CONDEMNED, body);
            }
            statements
                    .outlived()
                    .forEach((notice, prunes) -> out.field(
                            OUTLIVED, new ByteWriter(48).raw(digest(notice)).varint(prunes)));
            statements.unprotected().forEach(tree -> out.field(UNPROTECTED, tree.toBytes()));
        });
    }

    private static byte[] digest(ObjectName name) {
        return HexFormat.of().parseHex(name.hex());
    }

    private static ObjectName name(ObjectKind kind, ByteReader in) {
        return new ObjectName(kind, HexFormat.of().formatHex(in.raw(NAME_LENGTH)));
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
            statement(type, in.part(in.remaining()), visitor);
        }
    }

    private static void statement(int type, ByteReader body, Visitor visitor) {
        switch (type) {
            case PACK -> pack(body, visitor);
            case CONDEMNED -> {
                while (!body.atEnd()) {
                    visitor.condemned(name(ObjectKind.PACK, body));
                }
            }
            case OUTLIVED -> {
                visitor.outlived(name(ObjectKind.NOTICE, body), body.count(Integer.MAX_VALUE));
                body.nothing();
            }
            case UNPROTECTED -> {
                visitor.unprotected(body.id());
                body.nothing();
            }
            default -> body.unknown(type);
        }
    }

    private static void pack(ByteReader body, Visitor visitor) {
        ObjectName pack = name(ObjectKind.PACK, body);
        int size = body.count(Sizes.OBJECT_LIMIT);
        BlockRows.read(body, size, visitor.pack(pack, size, PackType.of(body.u8(), pack)));
        body.nothing();
    }

    /// Reads an INDEX object as a value.
    public static Statements read(Frames frames, ObjectName name, byte[] bytes) {
        Statements statements =
                new Statements(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        decode(frames, name, bytes, new Visitor() {
            @Override
            public BlockRows.Visitor pack(ObjectName pack, int size, PackType type) {
                BlockRows rows = new BlockRows();
                statements.packs().add(new PackEntry(pack, size, type, rows));
                return rows.copier();
            }

            @Override
            public void condemned(ObjectName pack) {
                statements.condemned().add(pack);
            }

            @Override
            public void outlived(ObjectName notice, int prunes) {
                statements.outlived().put(notice, prunes);
            }

            @Override
            public void unprotected(ChunkId tree) {
                statements.unprotected().add(tree);
            }
        });
        return statements;
    }
}
