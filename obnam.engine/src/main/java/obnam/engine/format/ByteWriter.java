package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import obnam.api.ChunkId;
import obnam.posix.Timestamp;

/// A growing buffer for the encodings of section 1 of the format.
public final class ByteWriter {

    private byte[] bytes;
    private int length;

    /// @param capacity bytes to begin with
    public ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /// Number of bytes written.
    public int length() {
        return length;
    }

    /// The buffer itself: valid up to [#length], until the next write.
    public byte[] buffer() {
        return bytes;
    }

    /// A copy of what was written.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Forgets what was written; the buffer is kept.
    public ByteWriter clear() {
        length = 0;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }

    /// One byte.
    public ByteWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /// Four bytes, big-endian.
    public ByteWriter u32(int value) {
        return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
    }

    /// Unsigned LEB128.
    public ByteWriter varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /// A signed number.
    public ByteWriter zigzag(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    /// Bytes without a length before them.
    public ByteWriter raw(byte[] source, int offset, int count) {
        room(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Bytes without a length before them.
    public ByteWriter raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /// A length, then the bytes.
    public ByteWriter bytes(byte[] source) {
        return varint(source.length).raw(source);
    }

    /// Text in UTF-8, its length before it.
    public ByteWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The 32 bytes of an id.
    public ByteWriter id(ChunkId id) {
        room(ChunkId.BYTES);
        id.writeTo(bytes, length);
        length += ChunkId.BYTES;
        return this;
    }

    /// A time.
    public ByteWriter time(Timestamp time) {
        return zigzag(time.seconds()).varint(time.nanoseconds());
    }

    /// Zero bytes up to a length of `target`; nothing if there are as many already.
    public ByteWriter zerosUpTo(int target) {
        if (target > length) {
            room(target - length);
            Arrays.fill(bytes, length, target, (byte) 0);
            length = target;
        }
        return this;
    }

    /// A field: tag, length, the bytes that `value` holds.
    public ByteWriter field(int tag, ByteWriter value) {
        return varint(tag).varint(value.length).raw(value.bytes, 0, value.length);
    }

    /// A field of bytes.
    public ByteWriter field(int tag, byte[] value) {
        return varint(tag).bytes(value);
    }

    /// A field that holds one varint.
    public ByteWriter field(int tag, long value) {
        return field(tag, new ByteWriter(10).varint(value));
    }

    /// A field that holds a time.
    public ByteWriter field(int tag, Timestamp value) {
        return field(tag, new ByteWriter(16).time(value));
    }
}
