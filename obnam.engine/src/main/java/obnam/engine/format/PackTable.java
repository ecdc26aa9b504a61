package obnam.engine.format;

import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// The end of a pack: table and trailer; section 5 of the format.
public final class PackTable {

    /// Length of the trailer's frame: the last bytes of a pack.
    public static final int TRAILER_LENGTH = 128;

    private static final int TRAILER_PLAIN = TRAILER_LENGTH - Frames.OVERHEAD;

    private PackTable() {}

    /// Finishes a pack that has header and blocks: appends table and trailer, padded.
    ///
    /// @param pack has room for [#wholeLength] of it
    /// @param length length of the pack so far
    /// @return length of the whole pack
    public static int finish(
            Frames frames, ObjectHeader header, PackType type, BlockRows rows, byte[] pack, int length) {
        byte[] end = end(frames, header, type, rows, length);
        System.arraycopy(end, 0, pack, length, end.length);
        return length + end.length;
    }

    /// Table and trailer, padded, of a pack that has header and blocks.
    ///
    /// @param length length of header and blocks
    public static byte[] end(Frames frames, ObjectHeader header, PackType type, BlockRows rows, int length) {
        int endLength = wholeLength(length, rows.encodedLength()) - length;
        int tableLength = endLength - TRAILER_LENGTH;
        byte[] end = new byte[endLength];
        ByteWriter table = new ByteWriter(tableLength).raw(header.salt());
        rows.write(table);
        table.zerosUpTo(tableLength - Frames.OVERHEAD);
        frames.seal(ObjectKind.PACK, FrameRole.TABLE, table.buffer(), 0, table.length(), end, 0);
        ByteWriter trailer = new ByteWriter(TRAILER_PLAIN).raw(header.salt());
        trailer.u32(length).u32(tableLength).u8(type.number()).zerosUpTo(TRAILER_PLAIN);
        frames.seal(ObjectKind.PACK, FrameRole.TRAILER, trailer.buffer(), 0, TRAILER_PLAIN, end, tableLength);
        return end;
    }

    /// The length of the whole pack.
    ///
    /// @param length of header and blocks
    /// @param rowsLength bound of the length of the rows
    public static int wholeLength(int length, int rowsLength) {
        int table = ObjectHeader.SALT_LENGTH + rowsLength + Frames.OVERHEAD;
        return Sizes.paddedPack(length + table + TRAILER_LENGTH);
    }

    /// Reads the table of a pack from the store.
    ///
    /// @param size length of the pack
    /// @return the pack's type
    public static PackType read(
            ChunkStore store, Frames frames, ObjectName pack, long size, BlockRows.Visitor visitor) {
        if (size < Sizes.PAGE + TRAILER_LENGTH || size > Sizes.OBJECT_LIMIT) {
            throw ByteReader.damage("a pack has an impossible length", pack);
        }
        byte[] start = new byte[ObjectHeader.LENGTH];
        store.getRange(pack, 0, start.length, start, 0);
        ObjectHeader header = ObjectHeader.read(new ByteReader(start, pack), ObjectKind.PACK, pack);
        byte[] end = new byte[TRAILER_LENGTH];
        store.getRange(pack, size - TRAILER_LENGTH, TRAILER_LENGTH, end, 0);
        ByteReader trailer = new ByteReader(frames.open(header, FrameRole.TRAILER, end, 0, end.length, pack), pack);
        SealedObject.verifySalt(trailer, header);
        int tableOffset = trailer.u32((int) size - TRAILER_LENGTH);
        int tableLength = trailer.u32((int) size - TRAILER_LENGTH - tableOffset);
        PackType type = PackType.of(trailer.u8(), pack);
        trailer.onlyZeros();
        byte[] sealed = new byte[tableLength];
        store.getRange(pack, tableOffset, tableLength, sealed, 0);
        ByteReader table = new ByteReader(frames.open(header, FrameRole.TABLE, sealed, 0, tableLength, pack), pack);
        SealedObject.verifySalt(table, header);
        BlockRows.read(table, tableOffset, visitor);
        table.onlyZeros();
        return type;
    }
}
