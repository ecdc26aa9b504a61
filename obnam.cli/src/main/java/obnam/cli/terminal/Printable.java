package obnam.cli.terminal;

/// Makes a line safe to print, whatever it was made of.
public final class Printable {

    private Printable() {}

    /// `text` with characters that steer a terminal, or cannot be seen, written as numbers. Other characters,
    /// the backslash too, stay: names in the text have been escaped before.
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isPrintable(character)) {
                line.appendCodePoint(character);
            } else if (character < 0x80) {
                line.append("\\x%02x".formatted(character));
            } else {
                line.append("\\u{%x}".formatted(character));
            }
        });
        return line.toString();
    }

    private static boolean isPrintable(int character) {
        if (character < 0x7f) {
            return character >= 0x20;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
