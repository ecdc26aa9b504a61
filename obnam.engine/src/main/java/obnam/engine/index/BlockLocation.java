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

    @Override
    public String toString() {
        return pack + " at " + offset;
    }
}
