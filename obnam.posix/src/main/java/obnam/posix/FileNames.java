package obnam.posix;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// File names and paths as bytes: what the kernel keeps has no character set.
public final class FileNames {
    private FileNames() {}

    /// The UTF-8 bytes of a text.
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Orders names as sequences of unsigned bytes, the order of [DirectoryListing].
    public static int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other);
    }

    /// A printable form for messages. Valid UTF-8 is shown as it is; control characters, invalid bytes, line
    /// separators and invisible format characters (such as those that reverse the writing direction) are escaped as
    /// `\n`, as
    /// `\xNN` or by code point in braces, and the backslash is doubled. So a name cannot steer a terminal, and
    /// different names look different.
    public static String display(byte[] name) {
        StringBuilder text = new StringBuilder(name.length + 8);
        int at = 0;
        while (at < name.length) {
            int length = sequenceLength(name, at);
            if (length == 0) {
                text.append("\\x%02x".formatted(name[at] & 0xff));
                at++;
            } else {
                appendCharacter(text, decode(name, at, length));
                at += length;
            }
        }
        return text.toString();
    }

    /// Length of the valid UTF-8 sequence that begins at `at`, or 0 if there is none.
    private static int sequenceLength(byte[] name, int at) {
        int first = name[at] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length < 2) {
            return length;
        }
        if (at + length > name.length) {
            return 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name, at, length));
            return length;
        } catch (CharacterCodingException _) {
            return 0;
        }
    }

    private static int decode(byte[] name, int at, int length) {
        return new String(name, at, length, StandardCharsets.UTF_8).codePointAt(0);
    }

    private static void appendCharacter(StringBuilder text, int character) {
        switch (character) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\\' -> text.append("\\\\");
            default -> {
                if (character < 0x20 || character == 0x7f) {
                    text.append("\\x%02x".formatted(character));
                } else if (isInvisible(character)) {
                    text.append("\\u{%x}".formatted(character));
                } else {
                    text.appendCodePoint(character);
                }
            }
        }
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /// Refuses what is not the name of one directory entry.
    static void requireComponent(byte[] name) {
        boolean dots = name.length <= 2 && name.length > 0 && name[0] == '.' && name[name.length - 1] == '.';
        if (name.length == 0 || dots) {
            throw new IllegalArgumentException("not a file name: \"" + display(name) + "\"");
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                throw new IllegalArgumentException("a file name cannot hold '/' or NUL: \"" + display(name) + "\"");
            }
        }
    }

    static void requireAbsolute(byte[] path) {
        if (path.length == 0 || path[0] != '/') {
            throw new IllegalArgumentException("not an absolute path: \"" + display(path) + "\"");
        }
        requireNoNul(path);
    }

    static void requireNoNul(byte[] text) {
        for (byte b : text) {
            if (b == 0) {
                throw new IllegalArgumentException("cannot hold NUL: \"" + display(text) + "\"");
            }
        }
    }
}
