package obnam.engine.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Walks the chunks of several segments together, in the order of their ids, with one page of each in
/// memory at a time. Not thread-safe.
final class ChunkCursor {

    private final PriorityQueue<Place> queue = new PriorityQueue<>(Comparator.comparing(place -> place.row.id()));
    private Place current;

    /// @param segments at least one
    ChunkCursor(List<IndexSegment> segments) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            places.add(new Place(i, segments.get(i)));
        }
        current = places.getFirst();
        places.stream().filter(Place::next).forEach(queue::add);
    }

    /// Moves to the next chunk.
    ///
    /// @return whether there is one
    boolean next() {
        if (current.moving && current.next()) {
            queue.add(current);
        }
        if (queue.isEmpty()) {
            return false;
        }
        current = queue.remove();
        current.moving = true;
        return true;
    }

    /// Which of the segments the chunk is in.
    int segment() {
        return current.segment;
    }

    /// Its number in the segment.
    int number() {
        return current.number;
    }

    IndexSegment.ChunkRow row() {
        return current.row;
    }

    /// Where it stands in one segment.
    private static final class Place {
        private final int segment;
        private final IndexSegment rows;
        private int number = -1;
        private boolean moving;
        private IndexSegment.ChunkRow row = new IndexSegment.ChunkRow(new obnam.api.ChunkId(0, 0, 0, 0), 0, 0, 0);

        Place(int segment, IndexSegment rows) {
            this.segment = segment;
            this.rows = rows;
        }

        boolean next() {
            moving = false;
            number++;
            if (number == rows.layout().chunks()) {
                return false;
            }
            row = rows.chunk(number);
            return true;
        }
    }
}
