package obnam.engine.format;

import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Counts;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;

/// A record of type 1.
///
/// @param link its place in the chain of this machine's records
/// @param snapshot what it says; its own name is known only once it is sealed
public record SnapshotRecord(ChainLink link, Snapshot snapshot) implements LogRecord {

    @Override
    public ObjectName name() {
        return snapshot.name();
    }

    /// Makes the bytes of the object.
    public byte[] encode(Frames frames) {
        return SealedObject.seal(frames, ObjectKind.SNAPSHOT, FrameRole.RECORD, this::write);
    }

    private void write(ByteWriter out) {
        Author author = new Author(snapshot.time(), snapshot.host(), snapshot.user(), snapshot.programVersion());
        RecordFields.begin(out, RecordFields.TYPE_SNAPSHOT, link, author);
        snapshot.roots().forEach(root -> out.field(RecordFields.ROOT, root));
        snapshot.tags().forEach(tag -> out.field(RecordFields.TAG, RecordFields.utf8(tag)));
        out.field(RecordFields.TREE, treeReference(new ByteWriter(48), snapshot.tree()));
        snapshot.parent().ifPresent(parent -> out.field(RecordFields.PARENT, RecordFields.digest(parent)));
        out.field(RecordFields.END_TIME, snapshot.endTime());
        out.field(RecordFields.COUNTS, counts(snapshot.counts()));
    }

    private static ByteWriter counts(Counts counts) {
        return new ByteWriter(64)
                .varint(counts.files())
                .varint(counts.directories())
                .varint(counts.others())
                .varint(counts.bytes())
                .varint(counts.filesRead())
                .varint(counts.bytesRead())
                .varint(counts.newChunks())
                .varint(counts.newBytes())
                .varint(counts.storedBytes())
                .varint(counts.unreadable());
    }

    /// Reads an object, after checking its name.
    ///
    /// @return empty if it is a record of another type
    public static Optional<SnapshotRecord> decode(Frames frames, ObjectName name, byte[] bytes) {
        return LogRecord.decode(frames, name, bytes) instanceof SnapshotRecord snapshot
                ? Optional.of(snapshot)
                : Optional.empty();
    }

    /// Writes a tree reference.
    static ByteWriter treeReference(ByteWriter out, TreeReference tree) {
        return out.u8(tree.level()).id(tree.id()).varint(tree.length());
    }
}
