package obnam.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import obnam.api.LocalException;

/// What a command says: results on standard output, all else on standard error output. With `--json` standard
/// output gets JSON lines only. Thread-safe.
public final class Output {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final OutputStream out;
    private final OutputStream err;
    private final Mode mode;
    private boolean lineShown;

    /// How much to say, and in which form.
    ///
    /// @param json whether standard output is for programs
    /// @param quiet whether only problems are told
    /// @param verbose whether details are told
    public record Mode(boolean json, boolean quiet, boolean verbose) {
        /// For people, neither quiet nor verbose.
        public static final Mode PLAIN = new Mode(false, false, false);
    }

    /// @param out standard output; need not be buffered
    /// @param err standard error output
    public Output(OutputStream out, OutputStream err, Mode mode) {
        this.out = new BufferedOutputStream(out, 16_384);
        this.err = err;
        this.mode = mode;
    }

    /// How much to say.
    public Mode mode() {
        return mode;
    }

    /// A line of the result, for people: left out with `--json`.
    public synchronized void result(String line) {
        if (!mode.json()) {
            clearLine();
            writeResult(Printable.line(line) + "\n");
        }
    }

    /// A line of the result that `--quiet` leaves out too.
    public void summary(String line) {
        if (!mode.quiet()) {
            result(line);
        }
    }

    /// Something good to know, on standard error output, unless `--quiet`.
    public void note(String line) {
        if (!mode.quiet()) {
            warning(line);
        }
    }

    /// Something to know with `--verbose`, on standard error output.
    public void detail(String line) {
        if (mode.verbose()) {
            warning(line);
        }
    }

    /// Something that needs attention, on standard error output.
    public synchronized void warning(String line) {
        flush();
        clearLine();
        writeNotice("obnam: " + Printable.line(line) + "\n");
    }

    /// A JSON line on standard output; nothing without `--json`.
    ///
    /// @param messageType what kind of line
    /// @param fields adds the fields after `message_type`
    public synchronized void json(String messageType, JsonFields.Filler fields) {
        if (!mode.json()) {
            return;
        }
        try {
            try (JsonGenerator generator = JsonHolder.FACTORY.createGenerator(out)) {
                generator.writeStartObject();
                generator.writeStringField("message_type", messageType);
                fields.fill(new JsonFields(generator));
                generator.writeEndObject();
            }
            out.write('\n');
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Shows a line on the terminal that the next one, or any other output, replaces.
    public synchronized void progress(String line) {
        lineShown = true;
        writeNotice(CLEAR_LINE + line);
    }

    /// Takes the line of [#progress] away.
    public synchronized void clearLine() {
        if (lineShown) {
            lineShown = false;
            writeNotice(CLEAR_LINE);
        }
    }

    /// Sends what is buffered.
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeResult(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeNotice(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody can be told that standard error output is closed, and the work is worth more than the message.
        }
    }

    private static RuntimeException failed(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Broken pipe")
                ? new ClosedOutputException(e)
                : new LocalException("cannot write to standard output (" + message + ")", "", "", e);
    }

    /// Only a run with `--json` loads the classes that write JSON.
    private static final class JsonHolder {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build();

        private JsonHolder() {}
    }
}
