package obnam.engine.format;

import java.util.HexFormat;
import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Head;

/// A record of type 2 or 3: takes away what others recorded.
///
/// @param name the object
/// @param link its place
/// @param author who wrote it
/// @param annuls whether it annuls broken snapshots; otherwise it forgets, and what it names is to be deleted
/// @param records what it takes away
/// @param ranges numbers of records that are gone for good; none if it annuls
public record RemovalRecord(
        ObjectName name, ChainLink link, Author author, boolean annuls, List<Head> records, List<Range> ranges)
        implements LogRecord {

    /// Numbers in a chain.
    ///
    /// @param chain hexadecimal id of the chain
    /// @param first first number
    /// @param last last number, not below the first
    public record Range(String chain, long first, long last) {

        /// Whether it has a number of its chain.
        public boolean contains(long number) {
            return first <= number && number <= last;
        }
    }

    /// Makes the bytes of the object.
    public byte[] encode(Frames frames) {
        return SealedObject.seal(frames, ObjectKind.SNAPSHOT, FrameRole.RECORD, out -> {
            RecordFields.begin(out, annuls ? RecordFields.TYPE_ANNUL : RecordFields.TYPE_FORGET, link, author);
            records.forEach(record -> out.field(RecordFields.RECORD, RecordFields.head(record)));
            ranges.forEach(range -> out.field(
                    RecordFields.RANGE,
                    new ByteWriter(36)
                            .raw(HexFormat.of().parseHex(range.chain()))
                            .varint(range.first())
                            .varint(range.last())));
        });
    }
}
