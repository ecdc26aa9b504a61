package obnam.engine.filter;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which entries a backup leaves out: patterns in the manner of `.gitignore`, on bytes. Immutable and thread-safe.
///
/// The last pattern that matches an entry decides; one that begins with `!` takes the entry in again. A pattern
/// - without a slash (but at its end) matches the name of an entry at any depth;
/// - with one is matched against the whole path from `/`, whether it begins with a slash or not;
/// - with a slash at its end matches directories only.
///
/// `*` stands for any characters, `?` for one, `[a-z]` and `[!a-z]` for one of a set; none of them for a slash.
/// `**` as a whole part of a path stands for any number of directories, at the end of a pattern for all that is
/// below. A backslash takes the special meaning from the character that follows. Characters are those of UTF-8; a
/// byte that belongs to none counts as one.
///
/// Matching one pattern takes time in proportion to the lengths of path and pattern, multiplied at worst, and
/// allocates nothing.
public final class Exclusions {

    private static final Exclusions NONE = new Exclusions(List.of());

    private final PathPattern[] patterns;

    private Exclusions(List<PathPattern> patterns) {
        this.patterns = patterns.toArray(PathPattern[]::new);
    }

    /// Leaves out what the patterns say.
    ///
    /// @param patterns in their order; none is a comment
    /// @throws obnam.api.UsageException if a pattern makes no sense; it shows the pattern
    public static Exclusions of(List<byte[]> patterns) {
        return patterns.isEmpty()
                ? NONE
                : new Exclusions(patterns.stream().map(PatternReader::read).toList());
    }

    /// Leaves out nothing.
    public static Exclusions none() {
        return NONE;
    }

    /// The patterns in a file: one a line, without empty lines, comments (`#` at the start of a line), spaces at
    /// the end of a line that no backslash protects, and the carriage returns of other systems.
    public static List<byte[]> patternsIn(byte[] file) {
        List<byte[]> patterns = new ArrayList<>();
        int start = 0;
        while (start < file.length) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            int trimmed = trimmedEnd(file, start, end);
            if (trimmed > start && file[start] != '#') {
                patterns.add(Arrays.copyOfRange(file, start, trimmed));
            }
            start = end + 1;
        }
        return patterns;
    }

    /// The pattern that matches exactly this path and nothing else.
    ///
    /// @param absolutePath without a slash at its end
    public static byte[] literally(byte[] absolutePath) {
        ByteArrayOutputStream pattern = new ByteArrayOutputStream(absolutePath.length + 8);
        for (byte letter : absolutePath) {
            if (letter == '*' || letter == '?' || letter == '[' || letter == '\\') {
                pattern.write('\\');
            }
            pattern.write(letter);
        }
        return pattern.toByteArray();
    }

    private static int trimmedEnd(byte[] file, int start, int lineEnd) {
        int end = lineEnd;
        if (end > start && file[end - 1] == '\r') {
            end--;
        }
        while (end > start && file[end - 1] == ' ' && !isEscaped(file, start, end - 1)) {
            end--;
        }
        return end;
    }

    private static boolean isEscaped(byte[] file, int start, int at) {
        int backslashes = 0;
        while (at - backslashes > start && file[at - backslashes - 1] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /// Whether nothing is ever left out.
    public boolean isEmpty() {
        return patterns.length == 0;
    }

    /// Whether an entry is left out. Meant to be asked on the way down: what is below a directory that is left out
    /// is not asked for, and cannot be taken in again.
    ///
    /// @param absolutePath of the entry, without a slash at its end; `/` is never left out
    /// @param directory whether it is a directory
    public boolean excludes(byte[] absolutePath, boolean directory) {
        for (int i = patterns.length - 1; i >= 0; i--) {
            if (patterns[i].matches(absolutePath, directory)) {
                return !patterns[i].negated();
            }
        }
        return false;
    }
}
