package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.ErrorKind;
import obnam.api.LocalException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.cli.settings.Compressions;
import obnam.cli.settings.Configuration;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.Compression;
import obnam.engine.Snapshot;
import obnam.engine.filter.Exclusions;
import obnam.posix.FileNames;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Makes a backup.
final class BackupCommand extends Command {

    @Option(name = "--exclude", metaVar = "PATTERN", usage = "leave out what matches, as in .gitignore; repeatable")
    private List<RawText> exclude = new ArrayList<>();

    @Option(name = "--exclude-file", metaVar = "FILE", usage = "take exclude patterns from a file; repeatable")
    private List<RawText> excludeFiles = new ArrayList<>();

    @Option(name = "--exclude-caches", usage = "leave out directories with a CACHEDIR.TAG (the default)")
    private boolean excludeCaches;

    @Option(name = "--no-exclude-caches", usage = "save cache directories too")
    private boolean includeCaches;

    @Option(name = "--one-file-system", aliases = "-x", usage = "stay on the file systems of the roots")
    private boolean oneFileSystem;

    @Option(name = "--tag", metaVar = "TAG", usage = "tag the snapshot, or tags with commas; repeatable")
    private List<RawText> tags = new ArrayList<>();

    @Option(name = "--host", metaVar = "NAME", usage = "name of this machine in the snapshot")
    private @Nullable RawText host;

    @Option(name = "--parent", metaVar = "SNAPSHOT", usage = "compare with this snapshot")
    private @Nullable RawText parent;

    @Option(name = "--force", usage = "read all files, also those that look unchanged")
    private boolean readAll;

    @Option(name = "--compression", metaVar = "LEVEL", usage = "off, fast, default, better or best")
    private @Nullable RawText compression;

    @Option(name = "--verify-full", usage = "open every sealed block again before it is stored")
    private boolean verifyAll;

    @Option(name = "--with-atime", usage = "record times of access")
    private boolean accessTimes;

    @Override
    public String operandsUsage() {
        return "[ROOT…]";
    }

    @Override
    public int operandsLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int run(Session session) {
        BackupRoots roots = roots(session);
        Exclusions exclusions = exclusions(session, roots);
        chosenCompression(session.configuration());
        try (OpenRepository repository = open(session)) {
            BackupRequest request = request(session, repository, roots, exclusions);
            Run.Outcome<BackupResult> outcome =
                    new Run(session, this).of(progress -> repository.backup(request, progress));
            long problems = outcome.problems() + roots.missing().size();
            new BackupReport(session.output(), dryRun()).tell(outcome.result(), problems, outcome.time());
            boolean whole = problems == 0
                    && outcome.result().counts().unreadable() == 0
                    && outcome.result().newlyHidden().isEmpty();
            return whole ? 0 : ErrorKind.INCOMPLETE.exitCode();
        }
    }

    private BackupRoots roots(Session session) {
        List<byte[]> wanted = operands().isEmpty()
                ? session.configuration().roots()
                : operands().stream().map(root -> root(session, root)).toList();
        if (wanted.isEmpty()) {
            throw new UsageException(
                    "there is nothing to back up",
                    "",
                    "Name directories, as in obnam backup ~, or list them under roots: in "
                            + FileNames.display(session.configFile()));
        }
        BackupRoots roots = BackupRoots.of(wanted, session);
        for (byte[] root : roots.missing()) {
            Run.tell(session.output(), root, "there is no such file or directory");
        }
        if (roots.present().isEmpty()) {
            throw new LocalException(
                    "none of the roots is there",
                    FileNames.display(wanted.getFirst()),
                    "Check the names, and what is mounted");
        }
        return roots;
    }

    private static byte[] root(Session session, RawText root) {
        if (root.bytes().length == 0) {
            throw new UsageException("a root has an empty name", "", "Check the variables on the command line");
        }
        return session.absolute(root.bytes());
    }

    private Exclusions exclusions(Session session, BackupRoots roots) {
        ExcludePatterns patterns = new ExcludePatterns(session)
                .add(session.configuration().exclude())
                .addFiles(excludeFiles)
                .add(exclude.stream().map(RawText::bytes).toList());
        Optional<byte[]> repository = session.where().location().path();
        repository.ifPresent(path -> {
            roots.requireOutside(path);
            patterns.addExact(roots.patternsAgainst(path));
        });
        return patterns.addExact(roots.patternsAgainst(session.directories().cache()))
                .compiled();
    }

    private OpenRepository open(Session session) {
        Where where = session.where();
        if (!where.embeddedDefault()) {
            return session.openRepository();
        }
        NewRepository repository = new NewRepository(session, where.location());
        if (repository.existing().isEmpty()) {
            makeDefault(session, repository, where);
        }
        return session.openRepository();
    }

    private void makeDefault(Session session, NewRepository repository, Where where) {
        if (dryRun()) {
            throw new NoRepositoryException(
                    "there is no repository yet", where.location().toString(), "Leave out --dry-run, and it is made");
        }
        session.output().note("no repository is named, so a new one is made in " + where.location());
        repository.make(Optional.empty(), java.util.Map.of());
        session.output()
                .note("its keys are in " + session.secrets().name()
                        + "; on any other machine the passphrase is needed: do not lose it");
        session.output()
                .note("it is on the same machine as your files: to back up to another place, run obnam init -r "
                        + "LOCATION and write that repository: and your roots: into "
                        + FileNames.display(session.configFile()));
    }

    private BackupRequest request(
            Session session, OpenRepository repository, BackupRoots roots, Exclusions exclusions) {
        Configuration configuration = session.configuration();
        List<String> allTags = new ArrayList<>(configuration.tags());
        allTags.addAll(Tags.of(tags));
        return new BackupRequest(
                roots.present(),
                exclusions,
                excludeCaches(configuration),
                oneFileSystem || configuration.oneFileSystem().orElse(false),
                allTags.stream().distinct().toList(),
                text(host).orElse(session.environment().hostName()),
                session.environment().userName(),
                parent(session, repository),
                readAll,
                dryRun(),
                verifyAll,
                accessTimes,
                chosenCompression(configuration));
    }

    private boolean excludeCaches(Configuration configuration) {
        if (excludeCaches && includeCaches) {
            throw new UsageException(
                    "these options contradict each other", "--exclude-caches and --no-exclude-caches", "Leave one out");
        }
        return excludeCaches || (!includeCaches && configuration.excludeCaches().orElse(true));
    }

    private Optional<ObjectName> parent(Session session, OpenRepository repository) {
        if (parent == null) {
            return Optional.empty();
        }
        SnapshotName name = SnapshotName.parse(parent);
        if (name.path().isPresent()) {
            throw new UsageException("a parent is a whole snapshot", parent.toString(), "Leave out the path");
        }
        Snapshot snapshot = Snapshots.named(name, repository, Optional.empty(), session);
        return Optional.of(snapshot.name());
    }

    private Compression chosenCompression(Configuration configuration) {
        return text(compression)
                .map(name -> Compressions.parse(name)
                        .orElseThrow(() ->
                                new UsageException("there is no compression of this name", name, Compressions.LIST)))
                .or(configuration::compression)
                .orElse(Compression.DEFAULT);
    }
}
