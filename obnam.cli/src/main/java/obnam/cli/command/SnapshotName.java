package obnam.cli.command;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import obnam.api.UsageException;
import obnam.cli.host.PathBytes;
import obnam.engine.Snapshot;
import obnam.posix.FileNames;

/// How a user names a snapshot and a path in it: `latest`, `latest~2`, the first digits of its name, each with
/// `:/path`.
///
/// @param name what stands before the colon
/// @param path the path in it, absolute; empty for all
record SnapshotName(String name, Optional<byte[]> path) {

    /// A snapshot that is dated further ahead than this is not the latest: a clock was wrong.
    static final Duration AHEAD_LIMIT = Duration.ofDays(1);

    private static final Pattern LATEST = Pattern.compile("latest(?:~([0-9]{1,9}))?");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,64}");
    private static final String ADVICE =
            "Write latest, latest~1, or at least four digits of a name that obnam snapshots shows";

    /// @throws UsageException if it has another form
    static SnapshotName parse(RawText argument) {
        byte[] bytes = argument.bytes();
        int colon = 0;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        String name = new RawText(java.util.Arrays.copyOf(bytes, colon)).text();
        if (!LATEST.matcher(name).matches() && !PREFIX.matcher(name).matches()) {
            throw new UsageException("this is not the name of a snapshot", argument.toString(), ADVICE);
        }
        if (colon == bytes.length) {
            return new SnapshotName(name, Optional.empty());
        }
        byte[] path = java.util.Arrays.copyOfRange(bytes, colon + 1, bytes.length);
        if (!PathBytes.isAbsolute(path)) {
            throw new UsageException(
                    "a path in a snapshot begins with a slash", argument.toString(), "Write " + name + ":/path");
        }
        byte[] absolute = PathBytes.absolute(path, path);
        return new SnapshotName(name, absolute.length == 1 ? Optional.empty() : Optional.of(absolute));
    }

    /// The snapshot it names.
    ///
    /// @param snapshots all there are
    /// @throws UsageException if there is none, or more than one
    Snapshot resolve(List<Snapshot> snapshots, Clock clock) {
        Matcher latest = LATEST.matcher(name);
        if (latest.matches()) {
            return latest(snapshots, latest.group(1) == null ? 0 : Integer.parseInt(latest.group(1)), clock);
        }
        List<Snapshot> found = snapshots.stream()
                .filter(snapshot -> snapshot.name().hex().startsWith(name))
                .toList();
        if (found.isEmpty()) {
            throw new UsageException("there is no snapshot of this name", name, ADVICE);
        }
        if (found.size() > 1) {
            throw new UsageException(
                    "this name fits " + found.size() + " snapshots",
                    name,
                    "They are "
                            + found.stream().limit(5).map(SnapshotName::shown).collect(Collectors.joining(", "))
                            + ": write more digits");
        }
        return found.getFirst();
    }

    private Snapshot latest(List<Snapshot> snapshots, int back, Clock clock) {
        List<Snapshot> past = new ArrayList<>(
                snapshots.stream().filter(snapshot -> !isAhead(snapshot, clock)).toList());
        List<Snapshot> candidates = past.isEmpty() ? new ArrayList<>(snapshots) : past;
        candidates.sort(Comparator.comparing(Snapshot::time));
        if (back >= candidates.size()) {
            throw new UsageException(
                    "there is no snapshot of this name",
                    name,
                    candidates.isEmpty()
                            ? "There are none yet: run obnam backup"
                            : "There are only " + candidates.size());
        }
        return candidates.get(candidates.size() - 1 - back);
    }

    /// Whether its time is more than a day ahead.
    static boolean isAhead(Snapshot snapshot, Clock clock) {
        return snapshot.time().seconds() > clock.instant().plus(AHEAD_LIMIT).getEpochSecond();
    }

    /// The first digits of a snapshot's name.
    static String shown(Snapshot snapshot) {
        return snapshot.name().hex().substring(0, 8);
    }

    /// The path for a message.
    String shownPath() {
        return path.map(FileNames::display).orElse("/");
    }
}
