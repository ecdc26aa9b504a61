package obnam.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import obnam.cli.host.Utf8;
import obnam.posix.FileNames;

/// Adds fields to a JSON line.
public final class JsonFields {

    private final JsonGenerator generator;

    JsonFields(JsonGenerator generator) {
        this.generator = generator;
    }

    /// Adds the fields of one line.
    @FunctionalInterface
    public interface Filler {
        /// @throws IOException if the line cannot be written
        void fill(JsonFields fields) throws IOException;
    }

    /// Adds a text.
    public JsonFields add(String name, String value) throws IOException {
        generator.writeStringField(name, value);
        return this;
    }

    /// Adds a number.
    public JsonFields add(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /// Adds a number with a fraction.
    public JsonFields add(String name, double value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /// Adds true or false.
    public JsonFields add(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
        return this;
    }

    /// Adds texts.
    public JsonFields add(String name, List<String> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
        return this;
    }

    /// Adds a file name or path. One that is not UTF-8 becomes its printable form, and its bytes follow in a field
    /// `NAME_base64`; without that field the text is exact.
    public JsonFields addName(String name, byte[] value) throws IOException {
        Optional<String> text = Utf8.decode(value);
        generator.writeStringField(name, text.orElseGet(() -> FileNames.display(value)));
        if (text.isEmpty()) {
            generator.writeBinaryField(name + "_base64", value);
        }
        return this;
    }

    /// Adds file names or paths. If one is not UTF-8, the bytes of all follow in a field `NAME_base64`.
    public JsonFields addNames(String name, List<byte[]> values) throws IOException {
        add(
                name,
                values.stream()
                        .map(value -> Utf8.decode(value).orElseGet(() -> FileNames.display(value)))
                        .toList());
        if (values.stream().anyMatch(value -> Utf8.decode(value).isEmpty())) {
            generator.writeArrayFieldStart(name + "_base64");
            for (byte[] value : values) {
                generator.writeBinary(value);
            }
            generator.writeEndArray();
        }
        return this;
    }
}
