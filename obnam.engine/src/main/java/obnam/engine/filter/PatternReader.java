package obnam.engine.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import obnam.api.UsageException;
import obnam.posix.FileNames;

/// Compiles the text of a pattern.
final class PatternReader {

    private final byte[] pattern;
    private int at;
    private int end;

    private PatternReader(byte[] pattern) {
        this.pattern = pattern;
        this.end = pattern.length;
    }

    /// @throws UsageException if the pattern makes no sense
    static PathPattern read(byte[] pattern) {
        return new PatternReader(pattern).read();
    }

    private PathPattern read() {
        boolean negated = end > 0 && pattern[0] == '!';
        at = negated ? 1 : 0;
        int start = at;
        boolean directoriesOnly = false;
        while (end > start && pattern[end - 1] == '/') {
            end--;
            directoriesOnly = true;
        }
        if (end == start) {
            throw refused("it names nothing");
        }
        List<Glob> parts = new ArrayList<>();
        boolean slash = false;
        while (at < end) {
            if (pattern[at] == '/') {
                slash = true;
                at++;
            } else {
                addPart(parts);
            }
        }
        return compiled(parts, slash, negated, directoriesOnly);
    }

    private static PathPattern compiled(List<Glob> parts, boolean slash, boolean negated, boolean directoriesOnly) {
        boolean anyDepthName =
                parts.size() == 2 && parts.get(0) == PathPattern.ANY_DEPTH && parts.get(1) != PathPattern.ANY_DEPTH;
        if (anyDepthName) {
            return new PathPattern(new Glob[] {parts.get(1)}, true, negated, directoriesOnly);
        }
        // A lone "**" has no slash, so it is a name like any other: every name.
        boolean lone = !slash && parts.get(0) == PathPattern.ANY_DEPTH;
        Glob[] all =
                lone ? new Glob[] {new Glob(new int[] {Glob.STAR}, new CharacterSet[0])} : parts.toArray(Glob[]::new);
        return new PathPattern(all, !slash, negated, directoriesOnly);
    }

    private void addPart(List<Glob> parts) {
        int partEnd = at;
        while (partEnd < end && pattern[partEnd] != '/') {
            partEnd++;
        }
        int length = partEnd - at;
        if (length <= 2 && isAll('.', at, partEnd)) {
            throw refused("'.' and '..' cannot be parts of it");
        }
        if (length == 2 && isAll('*', at, partEnd)) {
            boolean repeated = !parts.isEmpty() && parts.getLast() == PathPattern.ANY_DEPTH;
            if (!repeated) {
                parts.add(PathPattern.ANY_DEPTH);
            }
            at = partEnd;
        } else {
            parts.add(readGlob(partEnd));
        }
    }

    private boolean isAll(char character, int from, int to) {
        for (int i = from; i < to; i++) {
            if (pattern[i] != character) {
                return false;
            }
        }
        return true;
    }

    private Glob readGlob(int partEnd) {
        int[] steps = new int[partEnd - at];
        int count = 0;
        List<CharacterSet> sets = new ArrayList<>();
        while (at < partEnd) {
            switch (pattern[at]) {
                case '*' -> {
                    at++;
                    if (count == 0 || steps[count - 1] != Glob.STAR) {
                        steps[count++] = Glob.STAR;
                    }
                }
                case '?' -> {
                    at++;
                    steps[count++] = Glob.ANY;
                }
                case '[' -> {
                    steps[count++] = Glob.FIRST_SET - sets.size();
                    sets.add(readSet(partEnd));
                }
                default -> steps[count++] = readCharacter(partEnd);
            }
        }
        return new Glob(java.util.Arrays.copyOf(steps, count), sets.toArray(CharacterSet[]::new));
    }

    /// One character, which may be behind a backslash.
    private int readCharacter(int partEnd) {
        if (pattern[at] == '\\') {
            at++;
            if (at == partEnd) {
                throw refused("a backslash has nothing to protect");
            }
        }
        long read = Characters.read(pattern, at, partEnd);
        at += Characters.length(read);
        return Characters.character(read);
    }

    private CharacterSet readSet(int partEnd) {
        at++;
        boolean negated = at < partEnd && (pattern[at] == '!' || pattern[at] == '^');
        if (negated) {
            at++;
        }
        List<CharacterSet.Range> ranges = new ArrayList<>();
        boolean first = true;
        while (at < partEnd && (first || pattern[at] != ']')) {
            first = false;
            if (pattern[at] == '[' && at + 1 < partEnd && pattern[at + 1] == ':') {
                ranges.addAll(readClass(partEnd));
            } else {
                ranges.add(readRange(partEnd));
            }
        }
        if (at == partEnd) {
            throw refused("'[' has no ']' in the same part; write \\[ for the character itself");
        }
        at++;
        return new CharacterSet(List.copyOf(ranges), negated);
    }

    private CharacterSet.Range readRange(int partEnd) {
        int first = readCharacter(partEnd);
        boolean range = at + 1 < partEnd && pattern[at] == '-' && pattern[at + 1] != ']';
        if (!range) {
            return new CharacterSet.Range(first, first);
        }
        at++;
        int last = readCharacter(partEnd);
        if (last < first) {
            throw refused("a range ends before it begins");
        }
        return new CharacterSet.Range(first, last);
    }

    private List<CharacterSet.Range> readClass(int partEnd) {
        int nameStart = at + 2;
        int nameEnd = nameStart;
        while (nameEnd < partEnd && pattern[nameEnd] != ':') {
            nameEnd++;
        }
        boolean closed = nameEnd + 1 < partEnd && pattern[nameEnd + 1] == ']';
        List<CharacterSet.Range> ranges = CharacterSet.posixClass(
                new String(pattern, nameStart, nameEnd - nameStart, StandardCharsets.ISO_8859_1));
        if (!closed || ranges.isEmpty()) {
            throw refused("'[:' begins no known class of characters");
        }
        at = nameEnd + 2;
        return ranges;
    }

    private UsageException refused(String why) {
        return new UsageException(
                "this exclude pattern makes no sense, " + why,
                FileNames.display(pattern),
                "See \"Leaving things out\" in the manual");
    }
}
