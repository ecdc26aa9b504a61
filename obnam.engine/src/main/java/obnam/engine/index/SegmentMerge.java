package obnam.engine.index;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import obnam.api.ChunkId;

/// Makes one segment of several, in one pass over each and with one page of each in memory.
final class SegmentMerge {

    private final List<IndexSegment> segments;

    SegmentMerge(List<IndexSegment> segments) {
        this.segments = segments;
    }

    SegmentLayout layout() {
        int names = 0;
        int packs = 0;
        int blocks = 0;
        int chunks = 0;
        for (IndexSegment segment : segments) {
            names += segment.layout().names();
            packs += segment.layout().packs();
            blocks += segment.layout().blocks();
            chunks = Math.addExact(chunks, segment.layout().chunks());
        }
        return new SegmentLayout(names, packs, blocks, chunks);
    }

    /// Writes the merged segment.
    void write(OutputStream out) {
        SegmentWriter writer = new SegmentWriter(out, layout());
        segments.forEach(segment -> segment.names().forEach(writer::name));
        for (IndexSegment segment : segments) {
            for (int i = 0; i < segment.layout().packs(); i++) {
                writer.pack(segment.pack(i));
            }
        }
        int packsBefore = 0;
        for (IndexSegment segment : segments) {
            blocks(segment, packsBefore, writer);
            packsBefore += segment.layout().packs();
        }
        chunks(writer);
        writer.finish();
    }

    private static void blocks(IndexSegment segment, int packsBefore, SegmentWriter writer) {
        SegmentLayout layout = segment.layout();
        for (int i = 0; i < layout.blocks(); i++) {
            ByteBuffer row = segment.row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, i);
            int pack = row.getInt() + packsBefore;
            int suite = row.get() & 0xff;
            writer.block(pack, suite, row.getInt(), row.getInt(), row.getInt());
        }
    }

    private void chunks(SegmentWriter writer) {
        PriorityQueue<Cursor> queue = new PriorityQueue<>(Comparator.comparing(cursor -> cursor.id));
        int blocksBefore = 0;
        List<Cursor> cursors = new ArrayList<>();
        for (IndexSegment segment : segments) {
            cursors.add(new Cursor(segment, blocksBefore));
            blocksBefore += segment.layout().blocks();
        }
        cursors.stream().filter(Cursor::next).forEach(queue::add);
        while (!queue.isEmpty()) {
            Cursor least = queue.poll();
            writer.chunk(least.id, least.block, least.offset, least.lengthAndRole);
            if (least.next()) {
                queue.add(least);
            }
        }
    }

    /// Walks the chunks of one segment.
    private static final class Cursor {
        private final IndexSegment segment;
        private final int blocksBefore;
        private int next;
        private ChunkId id = new ChunkId(0, 0, 0, 0);
        private int block;
        private int offset;
        private int lengthAndRole;

        Cursor(IndexSegment segment, int blocksBefore) {
            this.segment = segment;
            this.blocksBefore = blocksBefore;
        }

        boolean next() {
            SegmentLayout layout = segment.layout();
            if (next == layout.chunks()) {
                return false;
            }
            ByteBuffer row = segment.row(layout.chunksPage(), SegmentLayout.CHUNK_ROW, next++);
            id = IndexSegment.id(row);
            block = row.getInt() + blocksBefore;
            offset = row.getInt();
            lengthAndRole = row.getInt();
            return true;
        }
    }
}
