package obnam.cli.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.UsageException;

/// How much memory a process of this program may have: `--memory-limit` or `OBNAM_MEMORY_LIMIT`. The launcher reads
/// the same, since the Java heap must be known before Java starts, and leaves what it does not understand to this.
///
/// @param bytes of resident memory
public record MemoryLimit(long bytes) {

    /// When the user names none.
    public static final MemoryLimit NONE = new MemoryLimit(Long.MAX_VALUE);

    private static final int LEAST_MEBIBYTES = 256;
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([MG])(iB)?");

    /// The limit that a text names.
    ///
    /// @throws UsageException if it names none, or one that is too low
    public static MemoryLimit parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("this is no memory limit", text, "Write a number and M or G, such as 300M or 1G");
        }
        long mebibytes = Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("G") ? 1024 : 1);
        if (mebibytes < LEAST_MEBIBYTES) {
            throw new UsageException("this memory limit is too low", text, "The least is " + LEAST_MEBIBYTES + "M");
        }
        return new MemoryLimit(mebibytes << 20);
    }

    /// The limit that the user named, if any.
    public static MemoryLimit of(Optional<String> text) {
        return text.map(MemoryLimit::parse).orElse(NONE);
    }
}
