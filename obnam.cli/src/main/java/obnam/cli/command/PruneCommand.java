package obnam.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.terminal.Output;
import obnam.cli.terminal.Units;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Deletes what no snapshot needs any more.
final class PruneCommand extends Command {

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT]?)");
    private static final String UNITS = "KMGT";

    @Option(name = "--max-unused", metaVar = "PERCENT", usage = "how much of what is used may stay unused (default 5%)")
    private @Nullable RawText maxUnused;

    @Option(name = "--max-repack-size", metaVar = "SIZE", usage = "move at most so many bytes, such as 500M or 2G")
    private @Nullable RawText maxRepackSize;

    @Option(name = "--verify-moves", usage = "read back all that was moved, instead of samples")
    private boolean verifyMoves;

    @Override
    public int run(Session session) {
        PruneRequest request = new PruneRequest(
                text(maxUnused).map(PruneCommand::fraction).orElse(PruneRequest.DEFAULT.maxUnused()),
                text(maxRepackSize).map(PruneCommand::size).orElse(Long.MAX_VALUE),
                verifyMoves,
                dryRun());
        try (OpenRepository repository = session.openRepository()) {
            Run.Outcome<PruneResult> outcome =
                    new Run(session, this).of(progress -> repository.prune(request, progress));
            tell(session.output(), outcome);
            return 0;
        }
    }

    private static double fraction(String text) {
        Matcher matcher = PERCENT.matcher(text);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
        if (percent < 0 || percent > 100) {
            throw new UsageException("this is no percentage", text, "Write 0% to 100%, such as --max-unused 10%");
        }
        return percent / 100;
    }

    private static long size(String text) {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UsageException("this is no size", text, "Write a number and K, M, G or T, such as 500M");
        }
        String unit = matcher.group(2);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private void tell(Output output, Run.Outcome<PruneResult> outcome) {
        PruneResult result = outcome.result();
        String would = dryRun() ? "would have " : "";
        output.summary("of " + Units.bytes(result.bytes()) + " in " + Units.count(result.packs(), "pack") + ", "
                + Units.bytes(result.unusedBytes()) + " were unused");
        output.summary(would + "deleted " + Units.count(result.deletedObjects(), "object") + " with "
                + Units.bytes(result.deletedBytes()) + ", put " + Units.bytes(result.newBytes()) + "; moved "
                + Units.bytes(result.movedBytes()) + ", " + Units.bytes(result.rewrittenBytes())
                + " of it anew");
        output.summary("freed " + freed(result) + " with " + Units.count(result.requests(), "request") + ", in "
                + Units.duration(outcome.time()));
        notes(result).ifPresent(output::summary);
        json(output, outcome);
    }

    private static String freed(PruneResult result) {
        long bytes = result.deletedBytes() - result.newBytes();
        return bytes < 0 ? "nothing" : Units.bytes(bytes);
    }

    private static Optional<String> notes(PruneResult result) {
        StringBuilder notes = new StringBuilder();
        if (result.indexedPacks() > 0) {
            notes.append("took up ")
                    .append(Units.count(result.indexedPacks(), "pack"))
                    .append(" that no index named. ");
        }
        if (result.skippedChunks() > 0) {
            notes.append("an unfinished backup lacks ")
                    .append(Units.count(result.skippedChunks(), "chunk"))
                    .append(" and will store them anew. ");
        }
        if (result.droppedNotices() > 0) {
            notes.append("dropped ")
                    .append(Units.count(result.droppedNotices(), "notice"))
                    .append(" of backups that never ended. ");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(notes.toString().strip());
    }

    private void json(Output output, Run.Outcome<PruneResult> outcome) {
        PruneResult result = outcome.result();
        output.json(
                "summary",
                fields -> fields.add("dry_run", dryRun())
                        .add("packs", result.packs())
                        .add("bytes", result.bytes())
                        .add("unused_bytes", result.unusedBytes())
                        .add("deleted_packs", result.deletedPacks())
                        .add("deleted_objects", result.deletedObjects())
                        .add("deleted_bytes", result.deletedBytes())
                        .add("new_packs", result.newPacks())
                        .add("new_bytes", result.newBytes())
                        .add("moved_bytes", result.movedBytes())
                        .add("rewritten_bytes", result.rewrittenBytes())
                        .add("indexed_packs", result.indexedPacks())
                        .add("skipped_chunks", result.skippedChunks())
                        .add("dropped_notices", result.droppedNotices())
                        .add("requests", result.requests())
                        .add("problems", outcome.problems())
                        .add("seconds", outcome.time().toMillis() / 1000.0));
    }
}
