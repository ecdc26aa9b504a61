package obnam.api;

import java.util.Arrays;

/// A growing list of positions where a chunk may end, with a cursor for reading it. Reused between ranges, so that
/// a search allocates nothing once the list has grown.
///
/// Not thread-safe.
public final class CutCandidates {

    private long[] entries = new long[64];
    private int size;
    private int cursor;

    /// Makes an empty list.
    public CutCandidates() {}

    /// Empties the list.
    public void clear() {
        size = 0;
        cursor = 0;
    }

    /// Appends a candidate.
    ///
    /// @param position greater than the one before
    /// @param strict whether it also cuts chunks that are shorter than the normal size
    public void add(int position, boolean strict) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size++] = (long) position << 1 | (strict ? 1 : 0);
    }

    /// Number of candidates in the list, read or not.
    public int size() {
        return size;
    }

    /// Whether the cursor stands on a candidate.
    public boolean hasNext() {
        return cursor < size;
    }

    /// Position of the candidate under the cursor.
    public int position() {
        return (int) (entries[cursor] >> 1);
    }

    /// Whether the candidate under the cursor is strict.
    public boolean strict() {
        return (entries[cursor] & 1) != 0;
    }

    /// Moves the cursor to the next candidate.
    public void advance() {
        cursor++;
    }

    /// Moves the cursor to the first candidate at or behind `position`; never back.
    public void skipBelow(int position) {
        while (cursor < size && position() < position) {
            cursor++;
        }
    }
}
