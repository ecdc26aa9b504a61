package obnam.engine.format;

import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Head;

/// A record of type 4: new tags in the place of all those of some snapshots.
///
/// @param name the object
/// @param link its place
/// @param author who wrote it
/// @param snapshots whose tags they are
/// @param revision the highest counts
/// @param tags the tags
public record TagRecord(
        ObjectName name, ChainLink link, Author author, List<Head> snapshots, long revision, List<String> tags)
        implements LogRecord {

    /// Makes the bytes of the object.
    public byte[] encode(Frames frames) {
        return SealedObject.seal(frames, ObjectKind.SNAPSHOT, FrameRole.RECORD, out -> {
            RecordFields.begin(out, RecordFields.TYPE_TAG, link, author);
            snapshots.forEach(snapshot -> out.field(RecordFields.RECORD, RecordFields.head(snapshot)));
            out.field(RecordFields.REVISION, revision);
            tags.forEach(tag -> out.field(RecordFields.LABEL, RecordFields.utf8(tag)));
        });
    }
}
