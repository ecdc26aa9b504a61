package obnam.engine.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.engine.ChainFinding;
import obnam.engine.CheckRequest;
import obnam.engine.CheckResult;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.format.SealedObject;
import obnam.engine.format.Sizes;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.AuditedLog;
import obnam.engine.history.SnapshotLog;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.restore.Crew;
import obnam.posix.FileNames;

/// Checks a repository. Damage is reported as problems, each named by the object or the path it concerns, and
/// does not end the run; only that the store fails does.
///
/// The structure is checked always: each INDEX, SNAPSHOT, KEY and NOTICE object, the chains of
/// records, each node of each tree and list,
/// that the
/// index has every chunk of data that is referred to, and that the packs are there and as long as they should
/// be. On request every pack is read whole, and every chunk of it verified.
public final class CheckRun {

    private final RepositoryContext context;
    private final CheckRequest request;
    private final Progress progress;
    private final Findings findings;
    private final LongAdder bytesRead = new LongAdder();
    private long unlistedPacks;

    /// @param context the repository
    /// @param request what to check
    /// @param progress is told of damage
    public CheckRun(RepositoryContext context, CheckRequest request, Progress progress) {
        this.context = context;
        this.request = request;
        this.progress = progress;
        this.findings = new Findings(progress);
    }

    /// Checks.
    ///
    /// @throws obnam.api.StoreException if the store cannot be read
    /// @throws obnam.api.InterruptedRunException if it was cancelled
    public CheckResult run() {
        IndexSurvey survey = new IndexSurvey(context, findings);
        ChunkIndex index = survey.read();
        bytesRead.add(survey.bytesRead());
        Set<ObjectName> present = checkPacks(survey.claims());
        checkNames(ObjectKind.KEY);
        checkNames(ObjectKind.NOTICE);
        List<Snapshot> snapshots = snapshots();
        try (ChunkReader chunks =
                new ChunkReader(context, index, context.shares().nodeCache())) {
            TreeCheck trees = new TreeCheck(chunks, findings, progress);
            snapshots.forEach(trees::check);
        }
        if (request.readData()) {
            readPacks(survey.claims(), present);
        }
        return new CheckResult(
                snapshots.size(), survey.claims().size(), index.size(), bytesRead.sum(), findings.count());
    }

    /// Number of packs that no index names: what backups left that were broken off, or that are running. No
    /// damage.
    public long unlistedPacks() {
        return unlistedPacks;
    }

    /// Compares the packs that the index names with those that are there.
    ///
    /// @return those that are there
    private Set<ObjectName> checkPacks(Map<ObjectName, IndexSurvey.Claim> claims) {
        Set<ObjectName> present = new HashSet<>();
        context.store().list(ObjectKind.PACK, info -> checkPack(claims, info, present));
        for (ObjectName pack : claims.keySet()) {
            if (!present.contains(pack)) {
                findings.damaged(pack, "it is missing");
            }
        }
        return present;
    }

    private void checkPack(Map<ObjectName, IndexSurvey.Claim> claims, ObjectInfo info, Set<ObjectName> present) {
        findings.checkCancelled();
        IndexSurvey.Claim claim = claims.get(info.name());
        if (claim == null) {
            unlistedPacks++;
        } else if (present.add(info.name()) && claim.size() != info.size()) {
            findings.damaged(info.name(), "it has " + info.size() + " bytes, but the index says " + claim.size());
        }
    }

    private void checkNames(ObjectKind kind) {
        for (ObjectName name : names(kind)) {
            findings.attempt(name, () -> read(name).ifPresent(bytes -> SealedObject.verifyName(name, bytes)));
        }
    }

    private List<Snapshot> snapshots() {
        AuditedLog audited = AuditedLog.read(context, new SnapshotLog.Listener() {
            @Override
            public void read(int bytes) {
                findings.checkCancelled();
                bytesRead.add(bytes);
            }

            @Override
            public void unreadable(ObjectName name, ObnamException error) {
                findings.damaged(FileNames.of(name.toString()), error);
            }
        });
        for (ChainFinding finding : audited.findings()) {
            findings.damaged(FileNames.of("snapshot"), finding.text());
        }
        return audited.log().snapshots().stream().map(SnapshotRecord::snapshot).toList();
    }

    private Set<ObjectName> names(ObjectKind kind) {
        Set<ObjectName> names = new HashSet<>();
        context.store().list(kind, info -> names.add(info.name()));
        return names;
    }

    /// An object, unless it was deleted since the listing.
    private Optional<byte[]> read(ObjectName name) {
        try {
            byte[] bytes = context.store().get(name, Sizes.OBJECT_LIMIT);
            bytesRead.add(bytes.length);
            return Optional.of(bytes);
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    private void readPacks(Map<ObjectName, IndexSurvey.Claim> claims, Set<ObjectName> present) {
        present.forEach(pack -> progress.bytesFound.add(claims.get(pack).size()));
        progress.foundAll();
        Crew<PackCheck.Pack> crew = new Crew<>(
                context.shares().checkThreads(), () -> new PackCheck(context, findings, progress, bytesRead));
        try {
            present.stream().sorted().forEach(pack -> crew.submit(new PackCheck.Pack(pack, claims.get(pack))));
            crew.finish();
        } finally {
            crew.stop();
        }
    }
}
