package obnam.engine.filter;

/// One compiled pattern.
///
/// A `**` is tried with as few directories as possible first, and only the last one that was met is ever extended:
/// as a part of a pattern either matches a part of a path or not, an earlier `**` could gain nothing by taking
/// more. So there
/// is no nested backtracking.
final class PathPattern {

    /// Stands for `**` among the parts.
    static final Glob ANY_DEPTH = new Glob(new int[0], new CharacterSet[0]);

    private final Glob[] parts;
    private final boolean nameOnly;
    private final boolean negated;
    private final boolean directoriesOnly;

    /// @param parts at least one
    /// @param nameOnly whether the only part is matched against the name at any depth
    PathPattern(Glob[] parts, boolean nameOnly, boolean negated, boolean directoriesOnly) {
        this.parts = parts;
        this.nameOnly = nameOnly;
        this.negated = negated;
        this.directoriesOnly = directoriesOnly;
    }

    /// Whether it takes entries in again.
    boolean negated() {
        return negated;
    }

    boolean matches(byte[] path, boolean directory) {
        if ((directoriesOnly && !directory) || path.length < 2) {
            return false;
        }
        return nameOnly ? parts[0].matches(path, nameStart(path), path.length) : matchesWhole(path);
    }

    private boolean matchesWhole(byte[] path) {
        int part = 0;
        int from = 1;
        int partAfterDepth = -1;
        int retryFrom = 0;
        while (from < path.length) {
            if (part < parts.length && parts[part] == ANY_DEPTH) {
                if (part == parts.length - 1) {
                    return true;
                }
                part++;
                partAfterDepth = part;
                retryFrom = from;
                continue;
            }
            int end = partEnd(path, from);
            if (part < parts.length && parts[part].matches(path, from, end)) {
                part++;
                from = end + 1;
            } else if (partAfterDepth < 0) {
                return false;
            } else {
                retryFrom = partEnd(path, retryFrom) + 1;
                from = retryFrom;
                part = partAfterDepth;
            }
        }
        return part == parts.length;
    }

    private static int nameStart(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return start;
    }

    private static int partEnd(byte[] path, int from) {
        int end = from;
        while (end < path.length && path[end] != '/') {
            end++;
        }
        return end;
    }
}
