package obnam.engine.index;

import obnam.api.ObjectName;

/// Where a block is.
///
/// @param pack the pack that holds it
/// @param suite suite of its frame
/// @param keyNumber number of the frame's key
/// @param offset of the frame in the pack, in bytes
/// @param length of the frame, in bytes
public record BlockLocation(ObjectName pack, int suite, int keyNumber, int offset, int length) {

    // Written out because blocks are looked up by it for every chunk: what a record has by itself is linked at run
    // time.
    @Override
    public boolean equals(Object other) {
        return other instanceof BlockLocation(ObjectName name, int cipher, int key, int at, int size)
                && offset == at
                && length == size
                && suite == cipher
                && keyNumber == key
                && pack.equals(name);
    }

    @Override
    public int hashCode() {
        return 31 * pack.hashCode() + offset;
    }

    @Override
    public String toString() {
        return pack + " at " + offset;
    }
}
