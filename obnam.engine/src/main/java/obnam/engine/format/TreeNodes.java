package obnam.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import obnam.api.ChunkId;
import obnam.api.ChunkSizes;
import obnam.engine.Entry;
import obnam.engine.TreeReference;

/// Reads the nodes of trees and lists; sections 6.1 and 6.4 of the format.
public final class TreeNodes {

    /// The most levels a tree or list has.
    public static final int LEVELS = 8;

    private static final int OWNER_NAME_LIMIT = 4096;
    private static final int LEAST_OWNER = 2;
    private static final int LEAST_CHILD = 35;

    private TreeNodes() {}

    /// A child of an inner tree node.
    ///
    /// @param firstName first name below it
    /// @param id its chunk id
    /// @param length its plaintext length
    /// @param entries number of entries below it
    public record TreeChild(byte[] firstName, ChunkId id, int length, long entries) {}

    /// A child of an inner list node.
    ///
    /// @param span sum of the lengths of the pieces below it
    /// @param id its chunk id
    /// @param length its plaintext length
    public record ListChild(long span, ChunkId id, int length) {}

    /// The names of the owners in a leaf.
    ///
    /// @param users names of uids
    /// @param groups names of gids
    public record Owners(Map<Long, byte[]> users, Map<Long, byte[]> groups) {

        /// No names.
        public static final Owners NONE = new Owners(Map.of(), Map.of());

        /// Appends them.
        public void write(ByteWriter out) {
            write(out, users);
            write(out, groups);
        }

        private static void write(ByteWriter out, Map<Long, byte[]> names) {
            out.varint(names.size());
            new TreeMap<>(names).forEach((id, name) -> out.varint(id).bytes(name));
        }
    }

    /// Reads a tree reference.
    public static TreeReference treeReference(ByteReader in) {
        int level = in.u8();
        if (level >= LEVELS) {
            throw in.damage("a tree has too many levels");
        }
        return new TreeReference(level, in.id(), in.count(ChunkSizes.LARGEST));
    }

    /// Reads the level that begins a node and refuses one that is not expected.
    public static void expectLevel(ByteReader in, int level) {
        if (in.u8() != level) {
            throw in.damage("a node has the wrong level");
        }
    }

    /// Reads the names of owners of a leaf.
    public static Owners owners(ByteReader in) {
        return new Owners(names(in), names(in));
    }

    private static Map<Long, byte[]> names(ByteReader in) {
        int count = in.count(in.remaining() / LEAST_OWNER);
        Map<Long, byte[]> names = new TreeMap<>();
        long before = -1;
        for (int i = 0; i < count; i++) {
            long id = in.varint(Long.MAX_VALUE);
            if (id <= before) {
                throw in.damage("the owners of a directory are not in order");
            }
            before = id;
            names.put(id, in.bytes(OWNER_NAME_LIMIT));
        }
        return names;
    }

    /// Reads the children of an inner tree node, up to its end.
    public static List<TreeChild> treeChildren(ByteReader in) {
        List<TreeChild> children = new ArrayList<>(in.remaining() / LEAST_CHILD);
        while (!in.atEnd()) {
            byte[] first = in.bytes(Sizes.NAME_LIMIT);
            if (first.length == 0) {
                throw in.damage("a node gives no name for a child");
            }
            ChunkId id = in.id();
            children.add(new TreeChild(first, id, in.count(ChunkSizes.LARGEST), positive(in)));
        }
        return children;
    }

    /// Reads the children of an inner list node, up to its end.
    public static List<ListChild> listChildren(ByteReader in) {
        List<ListChild> children = new ArrayList<>(in.remaining() / LEAST_CHILD);
        while (!in.atEnd()) {
            children.add(new ListChild(positive(in), in.id(), in.count(ChunkSizes.LARGEST)));
        }
        return children;
    }

    /// What is below a child. That there is something keeps the work of a reader in proportion to what it finds:
    /// few nodes that refer to each other again and again, and to nothing in the end, would keep it busy for ever.
    private static long positive(ByteReader in) {
        long value = in.varint(Long.MAX_VALUE);
        if (value == 0) {
            throw in.damage("a node has a child with nothing below it");
        }
        return value;
    }

    /// Reads the pieces of a list node of level 0, up to its end.
    public static List<Entry.Piece> pieces(ByteReader in) {
        List<Entry.Piece> pieces = new ArrayList<>(in.remaining() / LEAST_CHILD);
        while (!in.atEnd()) {
            pieces.add(EntryCursor.piece(in));
        }
        return pieces;
    }
}
