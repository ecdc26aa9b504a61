package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import obnam.api.ChunkId;
import obnam.api.DamageException;
import obnam.api.UsageException;
import obnam.posix.Timestamp;

/// Reads the encodings of section 1 of the format from a range of an array. Every read is checked against the
/// range; what does not fit is a [DamageException] that names the subject.
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private final Object subject;
    private int position;

    /// @param bytes not copied
    /// @param offset begin of the range
    /// @param length its length
    /// @param subject what is read; its `toString` goes into errors
    public ByteReader(byte[] bytes, int offset, int length, Object subject) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
        this.subject = subject;
    }

    /// Reads all of `bytes`.
    public ByteReader(byte[] bytes, Object subject) {
        this(bytes, 0, bytes.length, subject);
    }

    /// The error for something at this place that the format does not allow.
    public DamageException damage(String what) {
        return damage(what, subject);
    }

    /// The error for `subject` being other than the format allows.
    public static DamageException damage(String what, Object subject) {
        return new DamageException(
                what, subject.toString(), "Run 'obnam check --read-data' to see how much is affected");
    }

    /// The array that is read.
    public byte[] array() {
        return bytes;
    }

    /// Index in the array of the next byte.
    public int position() {
        return position;
    }

    /// Index in the array behind the range.
    public int end() {
        return end;
    }

    /// Number of bytes left.
    public int remaining() {
        return end - position;
    }

    /// Whether nothing is left.
    public boolean atEnd() {
        return position == end;
    }

    /// Moves on by `count` bytes and returns the index where they begin.
    public int skip(int count) {
        if (count < 0 || count > end - position) {
            throw damage("the data end too early");
        }
        int start = position;
        position += count;
        return start;
    }

    /// One byte, 0 to 255.
    public int u8() {
        return bytes[skip(1)] & 0xff;
    }

    /// Four bytes, big-endian, that must not exceed `limit`.
    public int u32(int limit) {
        int at = skip(4);
        int value = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
        if (value < 0 || value > limit) {
            throw damage("a number is out of its range");
        }
        return value;
    }

    /// Unsigned LEB128 in its shortest form; may use all 64 bits.
    public long varint() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0 || shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw damage("a number is not in its shortest form");
    }

    /// A varint from 0 to `limit`.
    public long varint(long limit) {
        long value = varint();
        if (value < 0 || value > limit) {
            throw damage("a number is out of its range");
        }
        return value;
    }

    /// A varint that is an int from 0 to `limit`.
    public int count(int limit) {
        return (int) varint(limit);
    }

    /// A signed number.
    public long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A length of at most `limit`, then so many bytes, copied.
    public byte[] bytes(int limit) {
        return raw(count(limit));
    }

    /// `count` bytes, copied.
    public byte[] raw(int count) {
        int at = skip(count);
        return Arrays.copyOfRange(bytes, at, at + count);
    }

    /// Text in UTF-8 of at most `limit` bytes.
    public String text(int limit) {
        return new String(bytes(limit), StandardCharsets.UTF_8);
    }

    /// The 32 bytes of an id.
    public ChunkId id() {
        return ChunkId.from(bytes, skip(ChunkId.BYTES));
    }

    /// A time.
    public Timestamp time() {
        long seconds = zigzag();
        return new Timestamp(seconds, (int) varint(999_999_999));
    }

    /// A reader for the next bytes, whose length stands before them.
    public ByteReader part(int limit) {
        int length = count(limit);
        return new ByteReader(bytes, skip(length), length, subject);
    }

    /// Refuses everything but zeros in the next `count` bytes.
    public void zeros(int count) {
        int at = skip(count);
        for (int i = 0; i < count; i++) {
            if (bytes[at + i] != 0) {
                throw damage("reserved bytes are not zero");
            }
        }
    }

    /// Refuses everything but zeros up to the end.
    public void onlyZeros() {
        while (position < end) {
            if (bytes[position++] != 0) {
                throw damage("padding is not zero");
            }
        }
    }

    /// Refuses anything up to the end.
    public void nothing() {
        if (!atEnd()) {
            throw damage("there is more data than expected");
        }
    }

    /// Receives the fields of a list.
    public interface FieldVisitor {
        /// @return whether the tag is known
        boolean field(int tag, ByteReader value);
    }

    /// Reads a list of fields up to tag 0 or the end. Tags must not fall; unknown tags below 128 are refused.
    public void fields(FieldVisitor visitor) {
        int before = 0;
        while (!atEnd()) {
            int tag = count(Integer.MAX_VALUE);
            if (tag == 0) {
                onlyZeros();
                return;
            }
            if (tag < before) {
                throw damage("fields are out of order");
            }
            before = tag;
            ByteReader value = part(remaining());
            if (!visitor.field(tag, value)) {
                unknown(tag);
            }
        }
    }

    /// Passes over something this version does not know, unless it must know it.
    public void unknown(int tag) {
        if (tag < 128) {
            throw newerVersion(subject);
        }
    }

    /// The error for data that only a later version understands.
    public static UsageException newerVersion(Object subject) {
        return new UsageException(
                "this was written by a newer version of the program",
                subject.toString(),
                "Install a newer version to read it");
    }
}
