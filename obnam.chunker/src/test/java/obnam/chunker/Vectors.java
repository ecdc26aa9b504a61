package obnam.chunker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import obnam.api.Chunker;

/// The data of the vectors, which `src/test/reference/gear.py` makes and cuts a second time.
final class Vectors {

    private Vectors() {}

    /// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014) from seed 1:
    /// its 64-bit outputs in little-endian order. Written out here, so that the vectors hang on no library.
    static byte[] data(int length) {
        ByteBuffer data = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        long state = 1;
        while (data.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            data.putLong(z ^ z >>> 31);
        }
        return data.array();
    }

    /// The bytes 0, 1, 2, ... 31.
    static byte[] key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    static List<Integer> cuts(Chunker chunker, byte[] data) {
        List<Integer> cuts = new ArrayList<>();
        for (int start = 0; start < data.length; start = cuts.getLast()) {
            cuts.add(chunker.cut(data, start, data.length));
        }
        return cuts;
    }

    /// SHA-256 of the positions as big-endian 32-bit numbers.
    static String digest(List<Integer> cuts) throws NoSuchAlgorithmException {
        ByteBuffer positions = ByteBuffer.allocate(Integer.BYTES * cuts.size());
        cuts.forEach(positions::putInt);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(positions.array()));
    }
}
