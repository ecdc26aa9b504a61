package obnam.engine.backup;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import obnam.api.ChunkId;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.Sizes;
import obnam.engine.format.TreeNodes;

/// Makes the nodes of a directory's tree; sections 6.1 and 6.3 of the format. Belongs to one thread.
final class TreeWriter {

    /// A directory with entries up to this length together is one leaf.
    private static final int SINGLE_LEAF = 128 << 10;
    private static final int LONGEST_NODE = 256 << 10;
    private static final int CUT_BITS = 9;

    private final NodeSink sink;
    private final byte[] cutKey;
    private final ByteWriter node = new ByteWriter(SINGLE_LEAF);

    /// A node that was made.
    private record Child(byte[] firstName, byte[] lastName, ChunkId id, int length, long entries) {}

    /// @param sink takes the nodes
    /// @param cutKey decides where large directories are cut
    TreeWriter(NodeSink sink, byte[] cutKey) {
        this.sink = sink;
        this.cutKey = cutKey;
    }

    /// Makes the tree of a finished directory.
    TreeReference write(DirectoryNode directory, TreeNodes.Owners owners) {
        long total = 0;
        for (int i = 0; i < directory.slots(); i++) {
            total += directory.filled(i) ? directory.length(i) : 0;
        }
        if (total <= SINGLE_LEAF) {
            begin(owners);
            for (int i = 0; i < directory.slots(); i++) {
                if (directory.filled(i)) {
                    node.raw(directory.source(i), directory.offset(i), directory.length(i));
                }
            }
            return new TreeReference(0, sink.tree(node), node.length());
        }
        return writeLevels(leaves(directory, owners));
    }

    private void begin(TreeNodes.Owners owners) {
        node.clear().u8(0);
        owners.write(node);
    }

    /// The leaf of a large directory that is being filled, with the names of the owners of its entries: those of
    /// the whole directory would be written once for each leaf.
    private static final class Leaf {
        private final TreeNodes.Owners known;
        private final ByteWriter entries = new ByteWriter(SINGLE_LEAF);
        private final Map<Long, byte[]> users = new TreeMap<>();
        private final Map<Long, byte[]> groups = new TreeMap<>();
        private byte[] first = {};
        private byte[] last = {};
        private long count;

        Leaf(TreeNodes.Owners known) {
            this.known = known;
        }

        void add(byte[] source, int offset, int length) {
            ByteReader in = new ByteReader(source, offset, length, "new entry");
            in.varint();
            in.u8();
            last = in.bytes(Sizes.NAME_LIMIT);
            first = count++ == 0 ? last : first;
            in.varint();
            note(in.varint(), known.users(), users);
            note(in.varint(), known.groups(), groups);
            entries.raw(source, offset, length);
        }

        private static void note(long id, Map<Long, byte[]> known, Map<Long, byte[]> names) {
            byte[] name = known.get(id);
            if (name != null) {
                names.put(id, name);
            }
        }

        TreeNodes.Owners owners() {
            return new TreeNodes.Owners(users, groups);
        }
    }

    private List<Child> leaves(DirectoryNode directory, TreeNodes.Owners owners) {
        Mac mac = cutMac();
        List<Child> leaves = new ArrayList<>();
        Leaf leaf = new Leaf(owners);
        for (int i = 0; i < directory.slots(); i++) {
            if (!directory.filled(i)) {
                continue;
            }
            boolean full = leaf.entries.length() + directory.length(i) > LONGEST_NODE;
            if (leaf.count > 0 && (full || cutsBehind(mac, leaf.last, 0))) {
                leaves.add(close(leaf));
                leaf = new Leaf(owners);
            }
            leaf.add(directory.source(i), directory.offset(i), directory.length(i));
        }
        leaves.add(close(leaf));
        return leaves;
    }

    private Child close(Leaf leaf) {
        begin(leaf.owners());
        node.raw(leaf.entries.buffer(), 0, leaf.entries.length());
        return new Child(leaf.first, leaf.last, sink.tree(node), node.length(), leaf.count);
    }

    private TreeReference writeLevels(List<Child> leaves) {
        Mac mac = cutMac();
        List<Child> children = leaves;
        int level = 0;
        while (children.size() > 1) {
            level++;
            children = writeLevel(mac, children, level);
        }
        Child top = children.getFirst();
        return new TreeReference(level, top.id(), top.length());
    }

    private List<Child> writeLevel(Mac mac, List<Child> children, int level) {
        List<Child> nodes = new ArrayList<>();
        int begin = 0;
        node.clear().u8(level);
        for (int i = 0; i < children.size(); i++) {
            Child child = children.get(i);
            node.bytes(child.firstName()).id(child.id()).varint(child.length()).varint(child.entries());
            boolean full = node.length() > LONGEST_NODE || cutsBehind(mac, child.lastName(), level) && i > begin;
            if (full || i == children.size() - 1) {
                long entries = 0;
                for (Child below : children.subList(begin, i + 1)) {
                    entries += below.entries();
                }
                byte[] first = children.get(begin).firstName();
                nodes.add(new Child(first, child.lastName(), sink.tree(node), node.length(), entries));
                node.clear().u8(level);
                begin = i + 1;
            }
        }
        return nodes;
    }

    private static boolean cutsBehind(Mac mac, byte[] name, int level) {
        byte[] hash = mac.doFinal(name);
        long value = ChunkId.from(hash, 0).first();
        return (value & (1L << CUT_BITS * (level + 1)) - 1) == 0;
    }

    private Mac cutMac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cutKey, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
