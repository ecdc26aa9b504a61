package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import obnam.api.UsageException;
import obnam.cli.host.LocalFiles;
import obnam.cli.host.PathBytes;
import obnam.engine.filter.Exclusions;
import obnam.posix.FileNames;

/// Collects exclude patterns in the order that decides between them: configuration, files, options.
final class ExcludePatterns {

    private static final int FILE_LIMIT = 16 << 20;

    private final Session session;
    private final List<byte[]> patterns = new ArrayList<>();

    ExcludePatterns(Session session) {
        this.session = session;
    }

    /// Adds patterns. A `~/` at the start, also behind a `!`, stands for the home directory.
    ExcludePatterns add(List<byte[]> more) {
        for (byte[] pattern : more) {
            byte[] expanded = expandHome(pattern);
            noteIfRelative(expanded);
            patterns.add(expanded);
        }
        return this;
    }

    /// Adds the patterns in files.
    ExcludePatterns addFiles(List<RawText> files) {
        for (RawText file : files) {
            byte[] path = session.absolute(file.bytes());
            LocalFiles.Content content = session.files()
                    .readFollowing(path, FILE_LIMIT)
                    .orElseThrow(() -> new UsageException(
                            "there is no such exclude file", FileNames.display(path), "Check --exclude-file"));
            add(Exclusions.patternsIn(content.content()));
        }
        return this;
    }

    /// Adds patterns as they are.
    ExcludePatterns addExact(List<byte[]> more) {
        patterns.addAll(more);
        return this;
    }

    /// What they say together.
    Exclusions compiled() {
        return Exclusions.of(patterns);
    }

    private byte[] expandHome(byte[] pattern) {
        boolean negated = pattern.length > 1 && pattern[0] == '!' && pattern[1] == '~';
        byte[] home = Exclusions.literally(session.environment().home());
        if (!negated) {
            return PathBytes.expandHome(pattern, home);
        }
        byte[] expanded = PathBytes.expandHome(java.util.Arrays.copyOfRange(pattern, 1, pattern.length), home);
        byte[] whole = new byte[expanded.length + 1];
        whole[0] = '!';
        System.arraycopy(expanded, 0, whole, 1, expanded.length);
        return whole;
    }

    /// Other programs take such a pattern to match anywhere: whoever means that is told how to write it here.
    private void noteIfRelative(byte[] pattern) {
        String text = FileNames.display(pattern);
        String positive = text.startsWith("!") ? text.substring(1) : text;
        int slash = positive.indexOf('/');
        boolean inner = slash > 0 && slash < positive.length() - 1;
        if (inner && !positive.startsWith("**/")) {
            session.output()
                    .note("the exclude pattern " + text + " means /" + positive + "; to match at any depth write **/"
                            + positive);
        }
    }
}
