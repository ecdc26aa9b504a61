package obnam.engine.format;

import obnam.engine.Entry;

/// Encodes entries; section 6.2 of the format.
public final class EntryEncoder {

    private EntryEncoder() {}

    /// The encoded entry, its length before it.
    public static byte[] encode(Entry entry) {
        ByteWriter body = new ByteWriter(128);
        body.u8(EntryCursor.number(entry.type())).bytes(entry.name());
        body.varint(entry.mode()).varint(entry.uid()).varint(entry.gid());
        body.time(entry.modified()).time(entry.changed()).varint(entry.inode());
        int flags = (entry.multipleLinks() ? EntryCursor.FLAG_LINKS : 0)
                | (entry.mountRoot() ? EntryCursor.FLAG_MOUNT : 0)
                | (entry.incomplete() ? EntryCursor.FLAG_INCOMPLETE : 0);
        body.varint(flags);
        switch (entry.body()) {
            case Entry.File file -> content(body.varint(file.size()), file.content());
            case Entry.Directory directory -> SnapshotRecord.treeReference(body, directory.tree());
            case Entry.Symlink link -> body.bytes(link.target());
            case Entry.Device device -> body.varint(device.major()).varint(device.minor());
            case Entry.Nothing() -> {}
        }
        entry.attributes()
                .forEach(attribute -> body.field(
                        EntryCursor.FIELD_ATTRIBUTE,
                        new ByteWriter(64).bytes(attribute.name()).raw(attribute.value())));
        entry.fileFlags().ifPresent(value -> body.field(EntryCursor.FIELD_FILE_FLAGS, value));
        entry.born().ifPresent(time -> body.field(EntryCursor.FIELD_BORN, time));
        entry.accessed().ifPresent(time -> body.field(EntryCursor.FIELD_ACCESSED, time));
        return new ByteWriter(body.length() + 5)
                .varint(body.length())
                .raw(body.buffer(), 0, body.length())
                .toBytes();
    }

    private static void content(ByteWriter out, Entry.Content content) {
        switch (content) {
            case Entry.Inline inline -> {
                out.u8(0).varint(inline.pieces().size());
                inline.pieces().forEach(piece -> piece(out, piece));
            }
            case Entry.ListReference list ->
                out.u8(list.level() + 1).id(list.id()).varint(list.length());
        }
    }

    /// Writes an item of a content; section 6.4 of the format.
    public static void piece(ByteWriter out, Entry.Piece piece) {
        out.varint(piece.length() << 1 | (piece.chunk().isPresent() ? 0 : 1));
        piece.chunk().ifPresent(out::id);
    }
}
