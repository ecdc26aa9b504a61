package obnam.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// HChaCha20 (draft-irtf-cfrg-xchacha-03, section 2.2): the rounds of ChaCha20 over key and input, without the
/// final addition. Under a secret key its results are independent keys.
///
/// Thread-safe; no branch and no index depends on the key.
final class HChaCha20 {

    /// Length of the input in bytes.
    static final int INPUT_LENGTH = 16;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DOUBLE_ROUNDS = 10;

    /// The constants of ChaCha20 and the key: the first 12 words of the state.
    private final int[] start = new int[12];

    /// @param key 32 bytes; copied
    HChaCha20(byte[] key) {
        byte[] constants = "expand 32-byte k".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 4; i++) {
            start[i] = (int) WORD.get(constants, 4 * i);
        }
        for (int i = 0; i < 8; i++) {
            start[4 + i] = (int) WORD.get(key, 4 * i);
        }
    }

    /// The 32 bytes for the [#INPUT_LENGTH] bytes at that place; a new array.
    byte[] derive(byte[] input, int offset) {
        int[] state = Arrays.copyOf(start, 16);
        for (int i = 0; i < 4; i++) {
            state[12 + i] = (int) WORD.get(input, offset + 4 * i);
        }
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            doubleRound(state);
        }
        byte[] result = new byte[32];
        for (int i = 0; i < 4; i++) {
            WORD.set(result, 4 * i, state[i]);
            WORD.set(result, 16 + 4 * i, state[12 + i]);
        }
        Arrays.fill(state, 0);
        return result;
    }

    private static void doubleRound(int[] state) {
        for (int column = 0; column < 4; column++) {
            quarterRound(state, column, 4 + column, 8 + column, 12 + column);
        }
        for (int diagonal = 0; diagonal < 4; diagonal++) {
            quarterRound(state, diagonal, 4 + (diagonal + 1) % 4, 8 + (diagonal + 2) % 4, 12 + (diagonal + 3) % 4);
        }
    }

    private static void quarterRound(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
