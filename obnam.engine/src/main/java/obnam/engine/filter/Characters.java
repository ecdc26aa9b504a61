package obnam.engine.filter;

/// Reads characters from bytes that are UTF-8 mostly. Valid sequences (RFC 3629) give their code point; every other
/// byte
/// gives a character of its own beyond Unicode.
final class Characters {

    /// What a byte that is no part of a valid sequence counts as, with its value added.
    private static final int RAW = 0x110000;

    private Characters() {}

    /// The character at `at`, as a value for the two methods below.
    static long read(byte[] text, int at, int end) {
        int first = text[at] & 0xff;
        if (first < 0x80) {
            return pack(first, 1);
        }
        int length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
        if (length == 1 || at + length > end) {
            return pack(RAW + first, 1);
        }
        int value = first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            int next = text[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                return pack(RAW + first, 1);
            }
            value = value << 6 | next & 0x3f;
        }
        return isShortest(value, length) ? pack(value, length) : pack(RAW + first, 1);
    }

    /// The character that was read.
    static int character(long read) {
        return (int) read;
    }

    /// Its length in bytes.
    static int length(long read) {
        return (int) (read >>> 32);
    }

    private static boolean isShortest(int value, int length) {
        return switch (length) {
            case 3 -> value >= 0x800 && !(value >= 0xd800 && value <= 0xdfff);
            case 4 -> value >= 0x10000 && value <= 0x10ffff;
            default -> true;
        };
    }

    private static long pack(int character, int length) {
        return (long) length << 32 | character;
    }
}
