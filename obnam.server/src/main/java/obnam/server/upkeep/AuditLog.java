package obnam.server.upkeep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.LocalException;
import obnam.server.repository.StateFiles;

/// What was done that somebody may ask about later: a JSON line for each event, which ends with the SHA-256
/// of the line before. Who changes or removes a line has to change all that follow; the hash of the last
/// line, noted elsewhere, shows that.
///
/// Several processes may append. Thread-safe.
public final class AuditLog {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LINE_LIMIT = 8192;
    private static final String FIRST = "0".repeat(64);
    private static final String LINK = ",\"previous\":\"";

    private final Path file;
    private final InstantSource clock;

    /// @param file is made by the first event
    public AuditLog(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /// Writes an event down.
    ///
    /// @param event what happened, in a word or two
    /// @param fields names and values in turn
    public synchronized void record(String event, String... fields) {
        try (FileChannel channel = FileChannel.open(file, options());
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            String line = line(event, fields, previous(channel));
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new LocalException("the audit log cannot be written", file.toString(), "Check the disk", e);
        }
    }

    private StandardOpenOption[] options() throws IOException {
        if (!Files.exists(file)) {
            StateFiles.appending(file).close(); // with its access rights
        }
        return new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
    }

    private String line(String event, String[] fields, String previous) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", clock.instant().toString());
            json.writeStringField("event", event);
            for (int i = 0; i + 1 < fields.length; i += 2) {
                json.writeStringField(fields[i], fields[i + 1]);
            }
            json.writeStringField("previous", previous);
            json.writeEndObject();
        }
        return text + "\n";
    }

    /// The hash of the last line.
    private static String previous(FileChannel channel) throws IOException {
        long size = channel.size();
        int length = (int) Math.min(LINE_LIMIT, size);
        ByteBuffer end = ByteBuffer.allocate(length);
        while (end.hasRemaining() && channel.read(end, size - length + end.position()) > 0) {}
        String text = new String(end.array(), StandardCharsets.UTF_8);
        return text.isEmpty() ? FIRST : hash(text.strip().substring(text.strip().lastIndexOf('\n') + 1));
    }

    private static String hash(String line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /// Goes through the file.
    ///
    /// @return the number of the first line, counted from 1, that does not follow from the one before
    public Optional<Integer> firstBrokenLine() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            String expected = FIRST;
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).endsWith(LINK + expected + "\"}")) {
                    return Optional.of(i + 1);
                }
                expected = hash(lines.get(i));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalException("the audit log cannot be read", file.toString(), "Check its rights", e);
        }
    }
}
