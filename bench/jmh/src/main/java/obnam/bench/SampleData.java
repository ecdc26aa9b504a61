package obnam.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Data to work on. The same arguments always give the same bytes.
final class SampleData {

    private static final int WORDS = 4096;

    private SampleData() {}

    /// Bytes of one kind.
    ///
    /// @param kind `random`, or `text` for made-up words with line breaks, which compress about as source code does
    static byte[] of(String kind, int length) {
        return switch (kind) {
            case "random" -> random(length);
            case "text" -> text(length);
            default -> throw new IllegalArgumentException("no such kind of data: " + kind);
        };
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new SplittableRandom(1).nextBytes(data);
        return data;
    }

    private static byte[] text(int length) {
        SplittableRandom random = new SplittableRandom(2);
        byte[][] words = new byte[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(random);
        }
        ByteBuffer text = ByteBuffer.allocate(length);
        while (text.hasRemaining()) {
            // The product of two draws prefers the first words, as a language prefers some of its own.
            byte[] word = words[random.nextInt(1 + random.nextInt(WORDS))];
            text.put(word, 0, Math.min(word.length, text.remaining()));
        }
        return text.array();
    }

    private static byte[] word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        random.ints(2 + random.nextInt(9), 'a', 'z' + 1).forEach(word::appendCodePoint);
        word.append(random.nextInt(8) == 0 ? '\n' : ' ');
        return word.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
