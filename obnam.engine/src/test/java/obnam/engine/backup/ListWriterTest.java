package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import obnam.api.ChunkId;
import obnam.engine.Entry;
import obnam.engine.format.ByteReader;
import obnam.engine.format.TreeNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 6.4 of the format.
final class ListWriterTest {

    private static final int CUTTING = 512;

    private final TreeWriterTest.Nodes nodes = new TreeWriterTest.Nodes();

    private static List<Entry.Piece> pieces(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean hole = random.nextInt(10) == 0;
            ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            long length = hole ? 1 + random.nextLong(1L << 30) : 1 + random.nextInt(1 << 18);
            pieces.add(new Entry.Piece(length, hole ? Optional.empty() : Optional.of(id)));
        }
        return pieces;
    }

    private Entry.Content write(List<Entry.Piece> pieces) {
        ListWriter list = new ListWriter();
        pieces.forEach(piece -> list.add(piece, nodes));
        assertThat(list.size()).isEqualTo(span(pieces));
        return list.finish(nodes);
    }

    private static long span(List<Entry.Piece> pieces) {
        return pieces.stream().mapToLong(Entry.Piece::length).sum();
    }

    private List<Entry.Piece> read(Entry.Content content) {
        List<Entry.Piece> pieces = new ArrayList<>();
        switch (content) {
            case Entry.Inline inline -> pieces.addAll(inline.pieces());
            case Entry.ListReference list -> read(list.level(), list.id(), list.length(), pieces, new ArrayList<>());
        }
        return pieces;
    }

    private void read(int level, ChunkId id, int length, List<Entry.Piece> pieces, List<Integer> leaves) {
        byte[] bytes = nodes.lists.get(id);
        assertThat(bytes).hasSize(length);
        ByteReader in = new ByteReader(bytes, "list");
        TreeNodes.expectLevel(in, level);
        int before = pieces.size();
        if (level == 0) {
            pieces.addAll(TreeNodes.pieces(in));
            leaves.add(pieces.size() - before);
            return;
        }
        for (TreeNodes.ListChild child : TreeNodes.listChildren(in)) {
            int from = pieces.size();
            read(level - 1, child.id(), child.length(), pieces, leaves);
            assertThat(span(pieces.subList(from, pieces.size()))).isEqualTo(child.span());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 511, 512, 4095, 4096, 4097, 10_000, 100_000})
    void whatWasWrittenIsRead(int count) {
        List<Entry.Piece> pieces = pieces(count);
        assertThat(read(write(pieces))).isEqualTo(pieces);
    }

    @Test
    void upToFourPiecesStandInTheEntry() {
        assertThat(write(pieces(4))).isInstanceOf(Entry.Inline.class);
        assertThat(write(pieces(5))).isInstanceOf(Entry.ListReference.class);
        assertThat(((Entry.ListReference) write(pieces(5))).level()).isZero();
        assertThat(nodes.lists).hasSize(1);
    }

    private static Entry.Piece piece(long id) {
        return new Entry.Piece(1, Optional.of(new ChunkId(id, 0, 0, 1)));
    }

    /// A list that ends exactly where a node does has no node above it with a single child.
    @Test
    void aListOfExactlyOneFullNodeIsThatNode() {
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            pieces.add(piece(i));
        }
        Entry.ListReference full = (Entry.ListReference) write(pieces);
        assertThat(full.level()).isZero();
        assertThat(nodes.lists).hasSize(1);
        pieces.add(piece(4096));
        Entry.ListReference more = (Entry.ListReference) write(pieces);
        assertThat(more.level()).isEqualTo(1);
        List<Integer> leaves = new ArrayList<>();
        read(more.level(), more.id(), more.length(), new ArrayList<>(), leaves);
        assertThat(leaves).containsExactly(4096, 1);
    }

    @Test
    void aNodeEndsAfterAChunkWhoseIdSaysSoUnlessItIsAlone() {
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            boolean cuts = i == 0 || i == 4 || i == 5 || i == 7;
            pieces.add(new Entry.Piece(1, Optional.of(new ChunkId(i, 0, 0, cuts ? CUTTING : CUTTING + 1))));
        }
        Entry.ListReference list = (Entry.ListReference) write(pieces);
        List<Integer> leaves = new ArrayList<>();
        read(list.level(), list.id(), list.length(), new ArrayList<>(), leaves);
        assertThat(leaves).containsExactly(5, 3, 2);
    }

    /// A few gibibytes of one hole and one piece in turn: no node is longer than it may be.
    @Test
    void nodesAreBoundedWhateverComes() {
        List<Entry.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            pieces.add(new Entry.Piece(4096, Optional.empty()));
        }
        assertThat(read(write(pieces))).isEqualTo(pieces);
        assertThat(nodes.lists.values()).allMatch(node -> node.length < 256 << 10);
    }

    @Test
    void aChangeInTheMiddleMakesFewNewNodes() {
        List<Entry.Piece> pieces = pieces(50_000);
        Entry.ListReference list = (Entry.ListReference) write(pieces);
        int before = nodes.lists.size();
        pieces.add(25_000, piece(77));
        write(pieces);
        assertThat(nodes.lists.size() - before).isLessThanOrEqualTo(list.level() + 2);
    }
}
