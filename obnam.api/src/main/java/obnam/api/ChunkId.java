package obnam.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The name of a chunk: 32 bytes that a keyed hash ([Hasher]) makes of the chunk's plaintext.
///
/// Kept as four longs (big-endian, most significant first), so that an id costs one small object and comparing two
/// needs no array. The natural order is that of the 32 bytes as unsigned numbers.
///
/// @param first bytes 0 to 7
/// @param second bytes 8 to 15
/// @param third bytes 16 to 23
/// @param fourth bytes 24 to 31
public record ChunkId(long first, long second, long third, long fourth) implements Comparable<ChunkId> {

    /// Length of an id in bytes.
    public static final int BYTES = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// Reads the 32 bytes that begin at `offset`.
    ///
    /// @throws IndexOutOfBoundsException if there are fewer
    public static ChunkId from(byte[] bytes, int offset) {
        return new ChunkId(
                (long) LONG.get(bytes, offset),
                (long) LONG.get(bytes, offset + 8),
                (long) LONG.get(bytes, offset + 16),
                (long) LONG.get(bytes, offset + 24));
    }

    /// Writes the 32 bytes at `offset`.
    ///
    /// @throws IndexOutOfBoundsException if there is no room
    public void writeTo(byte[] target, int offset) {
        LONG.set(target, offset, first);
        LONG.set(target, offset + 8, second);
        LONG.set(target, offset + 16, third);
        LONG.set(target, offset + 24, fourth);
    }

    /// The 32 bytes, in a new array.
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    // Written out because every chunk is looked up: what a record has by itself is linked at run time.
    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId(long a, long b, long c, long d)
                && first == a
                && second == b
                && third == c
                && fourth == d;
    }

    /// Any part of an id is as good as random.
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public int compareTo(ChunkId other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    /// The id as 64 lower-case hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
