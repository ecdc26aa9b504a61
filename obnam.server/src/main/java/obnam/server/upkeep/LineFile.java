package obnam.server.upkeep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import obnam.server.repository.StateFiles;

/// A file that lines are added to. What cannot be written is lost: no request fails for want of a line.
/// Thread-safe.
public final class LineFile implements Consumer<String>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LineFile.class.getName());

    private final Writer writer;
    private boolean failed;

    private LineFile(Writer writer) {
        this.writer = writer;
    }

    /// @param file nowhere if missing
    public static LineFile of(Optional<Path> file) throws IOException {
        return new LineFile(
                file.isEmpty()
                        ? Writer.nullWriter()
                        : new BufferedWriter(
                                Channels.newWriter(StateFiles.appending(file.get()), StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized void accept(String line) {
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            if (!failed) {
                LOG.log(System.Logger.Level.ERROR, "a log cannot be written", e);
            }
            failed = true;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
