package obnam.engine.backup;

import static obnam.engine.format.FixedRepository.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import obnam.api.ChunkId;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.EntryCursor;
import obnam.engine.format.EntryEncoder;
import obnam.engine.format.FixedRepository;
import obnam.engine.format.TreeNodes;
import obnam.posix.FileStatus;
import obnam.posix.FileType;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;

/// Section 6.3 of the format.
final class TreeWriterTest {

    private static final byte[] CUT_KEY = FixedRepository.rising(0, 32);
    private static final Timestamp TIME = new Timestamp(0, 0);
    private static final FileStatus STATUS =
            new FileStatus(FileType.DIRECTORY, 0, 1, 0, 0, 0, 0, 0, 0, TIME, TIME, TIME, Optional.empty(), 0, 0, false);
    private static final TreeNodes.Owners OWNERS =
            new TreeNodes.Owners(Map.of(1L, utf8("one"), 2L, utf8("two")), Map.of(1L, utf8("group")));

    private final Nodes nodes = new Nodes();

    private static byte[] entry(int number, long uid, long inode) {
        return EntryEncoder.encode(new Entry(
                FileType.FIFO,
                name(number),
                0600,
                uid,
                uid,
                TIME,
                TIME,
                inode,
                false,
                false,
                false,
                new Entry.Nothing(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static byte[] name(int number) {
        return utf8(String.format(Locale.ROOT, "file-%07d", number));
    }

    private static DirectoryNode directory(int count, int changed) {
        DirectoryNode directory =
                new DirectoryNode(Optional.empty(), 0, new byte[0], STATUS, Optional.empty(), RootPaths.WITHIN);
        directory.expect(count);
        for (int i = 0; i < count; i++) {
            byte[] entry = entry(i, i < count / 2 ? 1 : 2, i == changed ? 1_000 : 1);
            directory.fill(i, entry, 0, entry.length);
        }
        return directory;
    }

    private TreeReference write(DirectoryNode directory) {
        return new TreeWriter(nodes, CUT_KEY).write(directory, OWNERS);
    }

    /// The names below a node, in order; requires what the format says of nodes.
    private void read(TreeReference tree, List<byte[]> names, List<Integer> leaves) {
        byte[] bytes = nodes.trees.get(tree.id());
        assertThat(bytes).hasSize(tree.length());
        ByteReader in = new ByteReader(bytes, "tree");
        TreeNodes.expectLevel(in, tree.level());
        if (tree.level() == 0) {
            TreeNodes.Owners owners = TreeNodes.owners(in);
            Set<Long> uids = new java.util.HashSet<>();
            byte[] last = names.isEmpty() ? new byte[0] : names.getLast();
            EntryCursor cursor = new EntryCursor(in, last);
            int count = 0;
            while (cursor.next()) {
                names.add(cursor.name());
                uids.add(cursor.uid());
                count++;
            }
            leaves.add(count);
            assertThat(owners.users().keySet()).containsAll(uids);
            return;
        }
        for (TreeNodes.TreeChild child : TreeNodes.treeChildren(in)) {
            int before = names.size();
            read(new TreeReference(tree.level() - 1, child.id(), child.length()), names, leaves);
            assertThat(names.get(before)).isEqualTo(child.firstName());
            assertThat(child.entries()).isEqualTo(names.size() - before);
        }
    }

    private List<Integer> readAll(TreeReference tree, int count) {
        List<byte[]> names = new ArrayList<>();
        List<Integer> leaves = new ArrayList<>();
        read(tree, names, leaves);
        assertThat(names).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(Arrays.equals(names.get(i), name(i))).isTrue();
        }
        return leaves;
    }

    @Test
    void anEmptyDirectoryIsOneLeaf() {
        TreeReference tree = write(directory(0, -1));
        assertThat(tree.level()).isZero();
        readAll(tree, 0);
    }

    @Test
    void aDirectoryOfUpTo128KibibytesIsOneLeaf() {
        int length = entry(0, 1, 1).length;
        int most = (128 << 10) / length;
        assertThat(write(directory(most, -1)).level()).isZero();
        assertThat(write(directory(most + 1, -1)).level()).isEqualTo(1);
    }

    @Test
    void aLargeDirectoryIsCutByTheNames() throws Exception {
        int count = 100_000;
        TreeReference tree = write(directory(count, -1));
        List<Integer> leaves = readAll(tree, count);
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(CUT_KEY, "HmacSHA256"));
        List<Integer> expected = new ArrayList<>();
        int begin = 0;
        int length = 0;
        for (int i = 0; i < count; i++) {
            int next = entry(i, i < count / 2 ? 1 : 2, 1).length;
            boolean cut = i > begin
                    && ((ChunkId.from(mac.doFinal(name(i - 1)), 0).first() & 511) == 0 || length + next > 256 << 10);
            if (cut) {
                expected.add(i - begin);
                begin = i;
                length = 0;
            }
            length += next;
        }
        expected.add(count - begin);
        assertThat(leaves).isEqualTo(expected);
        assertThat(tree.level()).isBetween(1, 2);
    }

    @Test
    void aChangeOfOneEntryMakesOneNewNodeOfEachLevel() {
        int count = 100_000;
        write(directory(count, -1));
        int before = nodes.trees.size();
        TreeReference changed = write(directory(count, 54_321));
        assertThat(nodes.trees.size() - before).isEqualTo(changed.level() + 1);
    }

    @Test
    void aNewEntryMakesFewNewNodes() {
        write(directory(100_000, -1));
        int before = nodes.trees.size();
        write(directory(100_001, -1));
        assertThat(nodes.trees.size() - before).isLessThanOrEqualTo(4);
    }

    @Test
    void entriesThatCannotBeReadLeaveNoTrace() {
        DirectoryNode directory = directory(50_000, -1);
        DirectoryNode holey =
                new DirectoryNode(Optional.empty(), 0, new byte[0], STATUS, Optional.empty(), RootPaths.WITHIN);
        holey.expect(100_000);
        for (int i = 0; i < 50_000; i++) {
            holey.fill(2 * i + 1, directory.source(i), directory.offset(i), directory.length(i));
        }
        assertThat(write(holey)).isEqualTo(write(directory));
    }

    /// Names of all owners in every leaf would cost more than the entries themselves.
    @Test
    void aLeafNamesTheOwnersOfItsOwnEntriesOnly() {
        int count = 30_000;
        Map<Long, byte[]> users = new HashMap<>();
        DirectoryNode directory =
                new DirectoryNode(Optional.empty(), 0, new byte[0], STATUS, Optional.empty(), RootPaths.WITHIN);
        directory.expect(count);
        for (int i = 0; i < count; i++) {
            byte[] entry = entry(i, i, 1);
            directory.fill(i, entry, 0, entry.length);
            users.put((long) i, utf8("user-number-" + i));
        }
        TreeReference tree = new TreeWriter(nodes, CUT_KEY).write(directory, new TreeNodes.Owners(users, Map.of()));
        readAll(tree, count);
        long total =
                nodes.trees.values().stream().mapToLong(node -> node.length).sum();
        assertThat(total).isLessThan(4 << 20);
    }

    /// Takes nodes and keeps them.
    static final class Nodes implements NodeSink {
        final Map<ChunkId, byte[]> trees = new TreeMap<>();
        final Map<ChunkId, byte[]> lists = new TreeMap<>();
        private final obnam.api.Hasher hasher =
                FixedRepository.PROVIDERS.hasher("hmac-sha-256").create(new byte[32]);

        @Override
        public ChunkId tree(obnam.engine.format.ByteWriter node) {
            ChunkId id = hasher.hash(node.buffer(), 0, node.length());
            trees.put(id, node.toBytes());
            return id;
        }

        @Override
        public ChunkId list(obnam.engine.format.ByteWriter node) {
            ChunkId id = hasher.hash(node.buffer(), 0, node.length());
            lists.put(id, node.toBytes());
            return id;
        }
    }
}
