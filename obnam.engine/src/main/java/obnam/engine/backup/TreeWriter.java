package obnam.engine.backup;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import obnam.api.ChunkId;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ByteWriter;
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

    private List<Child> leaves(DirectoryNode directory, TreeNodes.Owners owners) {
        Mac mac = cutMac();
        List<Child> leaves = new ArrayList<>();
        byte[] first = {};
        byte[] last = {};
        long entries = 0;
        for (int i = 0; i < directory.slots(); i++) {
            if (!directory.filled(i)) {
                continue;
            }
            if (entries > 0 && (cutsBehind(mac, last, 0) || node.length() + directory.length(i) > LONGEST_NODE)) {
                leaves.add(new Child(first, last, sink.tree(node), node.length(), entries));
                entries = 0;
            }
            byte[] name = nameOf(directory, i);
            if (entries++ == 0) {
                begin(owners);
                first = name;
            }
            node.raw(directory.source(i), directory.offset(i), directory.length(i));
            last = name;
        }
        leaves.add(new Child(first, last, sink.tree(node), node.length(), entries));
        return leaves;
    }

    private static byte[] nameOf(DirectoryNode directory, int slot) {
        ByteReader in =
                new ByteReader(directory.source(slot), directory.offset(slot), directory.length(slot), "new entry");
        in.varint();
        in.u8();
        return in.bytes(obnam.engine.format.Sizes.NAME_LIMIT);
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
