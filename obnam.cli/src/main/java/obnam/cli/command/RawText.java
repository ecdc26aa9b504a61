package obnam.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import obnam.api.UsageException;
import obnam.cli.host.Utf8;
import obnam.posix.FileNames;

/// An argument as the bytes it was given as.
public final class RawText {

    private final byte[] bytes;

    /// @param bytes copied
    public RawText(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /// The argument whose bytes are these characters; the inverse of [#carrier].
    static RawText ofCarrier(String carrier) {
        return new RawText(carrier.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A text with one character for each byte, which passes any code for texts unharmed.
    String carrier() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// The bytes, in a new array.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The text.
    ///
    /// @throws UsageException if it is not UTF-8
    public String text() {
        return Utf8.decode(bytes)
                .orElseThrow(
                        () -> new UsageException("this argument must be valid UTF-8", toString(), "Write it in UTF-8"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawText text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// A printable form.
    @Override
    public String toString() {
        return FileNames.display(bytes);
    }
}
