package obnam.engine.index;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;

/// Makes a segment of INDEX objects. Not thread-safe.
final class SegmentBuilder implements IndexObject.Visitor {

    private record Sourced<T>(T row, int source) {}

    private record Block(int pack, int suite, int keyNumber, int offset, int length) {}

    private record Chunk(ChunkId id, int block, int offset, int lengthAndRole) {}

    private final List<ObjectName> names = new ArrayList<>();
    private final List<Sourced<Remark>> remarks = new ArrayList<>();
    private final List<Sourced<PackInfo>> packs = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();

    /// Says which object comes next.
    void begin(ObjectName index) {
        names.add(index);
    }

    /// Number of chunks so far.
    int chunks() {
        return chunks.size();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    private <T> Sourced<T> sourced(T row) {
        return new Sourced<>(row, names.size() - 1);
    }

    @Override
    public BlockRows.Visitor pack(ObjectName name, int size, PackType type) {
        packs.add(sourced(new PackInfo(name, size, type)));
        return new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int count) {
                blocks.add(new Block(packs.size() - 1, suite, keyNumber, offset, length));
            }

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                chunks.add(new Chunk(id, blocks.size() - 1, offset, length << 2 | role.number()));
            }
        };
    }

    @Override
    public void condemned(ObjectName pack) {
        remarks.add(sourced(new Remark(Remark.Type.CONDEMNED, pack, 0)));
    }

    @Override
    public void outlived(ObjectName notice, int prunes) {
        remarks.add(sourced(new Remark(Remark.Type.OUTLIVED, notice, prunes)));
    }

    @Override
    public void unprotected(ChunkId tree) {
        ObjectName subject = new ObjectName(ObjectKind.NOTICE, tree.toString());
        remarks.add(sourced(new Remark(Remark.Type.UNPROTECTED, subject, 0)));
    }

    SegmentLayout layout() {
        return new SegmentLayout(names.size(), remarks.size(), packs.size(), blocks.size(), chunks.size());
    }

    /// Writes the segment.
    void write(OutputStream out) {
        SegmentWriter writer = new SegmentWriter(out, layout());
        names.forEach(writer::name);
        remarks.forEach(remark -> writer.remark(remark.row(), remark.source()));
        packs.forEach(pack -> writer.pack(pack.row(), pack.source()));
        blocks.forEach(
                block -> writer.block(block.pack(), block.suite(), block.keyNumber(), block.offset(), block.length()));
        chunks.sort(Comparator.comparing(Chunk::id));
        chunks.forEach(chunk -> writer.chunk(chunk.id(), chunk.block(), chunk.offset(), chunk.lengthAndRole()));
        writer.finish();
    }
}
