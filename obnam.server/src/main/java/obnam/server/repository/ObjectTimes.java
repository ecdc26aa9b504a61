package obnam.server.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.LocalException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.jspecify.annotations.Nullable;

/// When each object of a repository was put, and when those that can still be brought back were deleted.
///
/// Kept in a journal, a line for each event: `P kind digits seconds` (put), `D …` (deleted), `B …` (brought
/// back), `R kind digits` (removed for good). Deletions are durable when [#deleted] returns. The line of a
/// put may get lost in a crash of the machine; then the object counts as put when the repository is next
/// opened ([#found]), which locks it for longer, not for shorter. A last line that is not whole is passed
/// over.
///
/// Thread-safe. Memory: about 150 bytes for each object.
final class ObjectTimes implements AutoCloseable {

    private static final String NO_DIGITS = "-";
    private static final Pattern LINE =
            Pattern.compile("([PDBR]) (?:(key|pack|index|snapshot|notice) ([0-9a-f]{64})|config -) ([0-9]{1,11})");

    private record Times(long put, @Nullable Long deleted) {}

    private final Path file;
    private final Map<ObjectName, Times> times = new HashMap<>();
    private final FileChannel channel;

    private ObjectTimes(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Opens the journal; makes one if there is none.
    static ObjectTimes open(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
            List<String> lines = whole(text);
            ObjectTimes read = new ObjectTimes(file, StateFiles.appending(file));
            lines.forEach(read::replay);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                read.channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            if (lines.size() > 1000 + 2 * read.times.size()) {
                read.channel.close();
                return compacted(file, read);
            }
            return read;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// What follows the last end of a line was not finished.
    private static List<String> whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static ObjectTimes compacted(Path file, ObjectTimes old) throws IOException {
        StringBuilder lines = new StringBuilder();
        old.times.forEach((name, each) -> {
            lines.append(line('P', name, each.put()));
            Optional.ofNullable(each.deleted()).ifPresent(deleted -> lines.append(line('D', name, deleted)));
        });
        StateFiles.replace(file, lines.toString().getBytes(StandardCharsets.US_ASCII));
        ObjectTimes fresh = new ObjectTimes(file, StateFiles.appending(file));
        fresh.times.putAll(old.times);
        return fresh;
    }

    private void replay(String line) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
            String kind = parts.group(2);
            ObjectName name = kind == null
                    ? ObjectName.CONFIG
                    : new ObjectName(ObjectKind.valueOf(kind.toUpperCase(Locale.ROOT)), parts.group(3));
            apply(parts.group(1).charAt(0), name, Long.parseLong(parts.group(4)));
        }
    }

    private void apply(char event, ObjectName name, long seconds) {
        switch (event) {
            case 'P' -> times.put(name, new Times(seconds, null));
            case 'D' -> times.computeIfPresent(name, (_, each) -> new Times(each.put(), seconds));
            case 'B' -> times.computeIfPresent(name, (_, each) -> new Times(each.put(), null));
            case 'R' -> times.remove(name);
            default -> throw new IllegalStateException("no such event: " + event);
        }
    }

    private static String line(char event, ObjectName name, long seconds) {
        String kind = name.kind().name().toLowerCase(Locale.ROOT);
        return event + " " + kind + " " + (name.hex().isEmpty() ? NO_DIGITS : name.hex()) + " " + seconds + "\n";
    }

    private synchronized void record(char event, ObjectName name, Instant when, boolean durable) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(line(event, name, when.getEpochSecond()).getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(false);
            }
            apply(event, name, when.getEpochSecond());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static LocalException failed(Path file, IOException e) {
        return new LocalException("the times of objects cannot be kept", file.toString(), "Check the disk", e);
    }

    /// An object that is in the store; put now, as far as is known, if nothing is known of it.
    synchronized void found(ObjectName name, Instant now) {
        if (!times.containsKey(name)) {
            record('P', name, now, false);
        }
    }

    /// A put has succeeded. An object that was there before keeps its time.
    synchronized void put(ObjectName name, Instant now) {
        Times known = times.get(name);
        if (known == null) {
            record('P', name, now, false);
        } else if (known.deleted() != null) {
            record('B', name, now, true);
        }
    }

    /// The object is hidden from now on.
    void deleted(ObjectName name, Instant now) {
        record('D', name, now, true);
    }

    /// The object is no longer hidden.
    void broughtBack(ObjectName name, Instant now) {
        record('B', name, now, true);
    }

    /// The object is no longer in the store.
    void removed(ObjectName name, Instant now) {
        record('R', name, now, false);
    }

    /// When an object was put.
    synchronized Optional<Instant> putAt(ObjectName name) {
        return Optional.ofNullable(times.get(name)).map(each -> Instant.ofEpochSecond(each.put()));
    }

    /// Whether an object was deleted and can be brought back.
    synchronized boolean isHidden(ObjectName name) {
        Times known = times.get(name);
        return known != null && known.deleted() != null;
    }

    /// When an object was deleted that can be brought back.
    synchronized Optional<Instant> deletedAt(ObjectName name) {
        return Optional.ofNullable(times.get(name)).map(Times::deleted).map(Instant::ofEpochSecond);
    }

    /// The objects that are hidden now.
    synchronized List<ObjectName> hidden() {
        return times.entrySet().stream()
                .filter(each -> each.getValue().deleted() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
