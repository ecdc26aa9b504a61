package obnam.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes that must never change: hexadecimal text in files beside the tests; `#` begins a comment.
public final class Vectors {

    private static final int LINE = 32;

    private Vectors() {}

    /// The bytes of a file.
    public static byte[] read(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream(name + ".hex")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no vector " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Requires that `bytes` are those of a file.
    public static void verify(String name, byte[] bytes) {
        assertThat(lines(bytes)).as("vector " + name).isEqualTo(lines(read(name)));
    }

    private static String lines(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += LINE) {
            text.append(HexFormat.of().formatHex(bytes, i, Math.min(bytes.length, i + LINE)))
                    .append('\n');
        }
        return text.toString();
    }
}
