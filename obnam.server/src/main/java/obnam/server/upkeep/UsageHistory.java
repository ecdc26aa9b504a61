package obnam.server.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.LocalException;
import obnam.server.repository.StateFiles;

/// How much each tenant held in the course of time: a line `SECONDS ACCOUNT BYTES` for each sample.
public final class UsageHistory {

    /// The newest samples that are shown.
    static final int SHOWN = 20_000;

    private static final Pattern LINE = Pattern.compile("([0-9]{1,11}) ([a-z0-9][a-z0-9_-]{0,63}) ([0-9]{1,18})");

    private final Path file;

    /// @param file is made by the first sample
    public UsageHistory(Path file) {
        this.file = file;
    }

    /// A sample.
    public record Sample(Instant time, String account, long bytes) {}

    /// Adds samples.
    public synchronized void add(List<Sample> samples) {
        StringBuilder text = new StringBuilder();
        samples.forEach(each -> text.append(each.time().getEpochSecond())
                .append(' ')
                .append(each.account())
                .append(' ')
                .append(each.bytes())
                .append('\n'));
        try (FileChannel channel = StateFiles.appending(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new LocalException("the history cannot be written", file.toString(), "Check the disk", e);
        }
    }

    /// The newest samples, oldest first.
    public List<Sample> samples() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Sample> samples = new ArrayList<>();
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            for (String line : lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    Instant time = Instant.ofEpochSecond(Long.parseLong(matcher.group(1)));
                    samples.add(new Sample(time, matcher.group(2), Long.parseLong(matcher.group(3))));
                }
            }
            return samples;
        } catch (IOException e) {
            throw new LocalException("the history cannot be read", file.toString(), "Check its rights", e);
        }
    }
}
