package obnam.engine.index;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ObjectName;

/// Makes one segment of several, in one pass over each and with one page of each in memory, besides the
/// numbers of packs and blocks. What is gone is left out.
final class SegmentMerge {

    private static final int GONE = -1;

    private final List<LiveSegment> segments;
    private final List<int[]> sources = new ArrayList<>();
    private final List<int[]> packs = new ArrayList<>();
    private final List<int[]> blocks = new ArrayList<>();
    private final SegmentLayout layout;

    /// @throws DamagedCacheException if one is damaged
    SegmentMerge(List<LiveSegment> segments) {
        this.segments = segments;
        int names = 0;
        int remarks = 0;
        int packCount = 0;
        int blockCount = 0;
        for (LiveSegment live : segments) {
            IndexSegment segment = live.segment();
            names = number(sources, segment.layout().names(), live.goneSources(), names);
            packCount = number(packs, segment.layout().packs(), live.gone(), packCount);
            int[] ofBlocks = new int[segment.layout().blocks()];
            for (int i = 0; i < ofBlocks.length; i++) {
                ofBlocks[i] = live.gone().get(segment.blockPack(i)) ? GONE : blockCount++;
            }
            blocks.add(ofBlocks);
            int[] kept = {0};
            segment.forEachRemark((_, source) -> kept[0] += live.goneSources().get(source) ? 0 : 1);
            remarks += kept[0];
        }
        this.layout = new SegmentLayout(names, remarks, packCount, blockCount, chunks());
    }

    /// Numbers what is not gone, from `first` on.
    private static int number(List<int[]> target, int count, java.util.BitSet gone, int first) {
        int[] numbers = new int[count];
        int next = first;
        for (int i = 0; i < count; i++) {
            numbers[i] = gone.get(i) ? GONE : next++;
        }
        target.add(numbers);
        return next;
    }

    private int chunks() {
        int chunks = 0;
        for (int i = 0; i < segments.size(); i++) {
            IndexSegment segment = segments.get(i).segment();
            int count = segment.layout().chunks();
            if (!segments.get(i).gone().isEmpty()) {
                int all = count;
                count = 0;
                for (int row = 0; row < all; row++) {
                    count += blocks.get(i)[segment.chunkBlock(row)] == GONE ? 0 : 1;
                }
            }
            chunks = Math.addExact(chunks, count);
        }
        return chunks;
    }

    SegmentLayout layout() {
        return layout;
    }

    /// Writes the merged segment.
    void write(OutputStream out) {
        SegmentWriter writer = new SegmentWriter(out, layout);
        for (int i = 0; i < segments.size(); i++) {
            names(segments.get(i).segment(), sources.get(i), writer);
        }
        for (int i = 0; i < segments.size(); i++) {
            int[] numbers = sources.get(i);
            segments.get(i).segment().forEachRemark((remark, source) -> {
                if (numbers[source] != GONE) {
                    writer.remark(remark, numbers[source]);
                }
            });
        }
        for (int i = 0; i < segments.size(); i++) {
            packs(segments.get(i).segment(), packs.get(i), sources.get(i), writer);
        }
        for (int i = 0; i < segments.size(); i++) {
            blocks(segments.get(i).segment(), blocks.get(i), packs.get(i), writer);
        }
        chunks(writer);
        writer.finish();
    }

    private static void names(IndexSegment segment, int[] numbers, SegmentWriter writer) {
        List<ObjectName> names = segment.names();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != GONE) {
                writer.name(names.get(i));
            }
        }
    }

    private static void packs(IndexSegment segment, int[] numbers, int[] sources, SegmentWriter writer) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != GONE) {
                writer.pack(segment.pack(i), sources[segment.packSource(i)]);
            }
        }
    }

    private static void blocks(IndexSegment segment, int[] numbers, int[] packs, SegmentWriter writer) {
        SegmentLayout layout = segment.layout();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != GONE) {
                ByteBuffer row = segment.row(layout.blocksPage(), SegmentLayout.BLOCK_ROW, i);
                int pack = packs[row.getInt()];
                int suite = row.get() & 0xff;
                writer.block(pack, suite, row.getInt(), row.getInt(), row.getInt());
            }
        }
    }

    private void chunks(SegmentWriter writer) {
        ChunkCursor cursor =
                new ChunkCursor(segments.stream().map(LiveSegment::segment).toList());
        while (cursor.next()) {
            IndexSegment.ChunkRow row = cursor.row();
            int block = blocks.get(cursor.segment())[row.block()];
            if (block != GONE) {
                writer.chunk(row.id(), block, row.offset(), row.lengthAndRole());
            }
        }
    }
}
