package obnam.engine.history;

import java.util.List;
import java.util.Optional;
import obnam.api.ObjectName;
import obnam.engine.ChainFinding;
import obnam.engine.Head;
import obnam.engine.Receipt;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.state.KnownHeads;

/// The log, and what is wrong with its chains.
///
/// @param log the log
/// @param findings what is wrong
/// @param known what this machine remembered before the log was read
public record AuditedLog(SnapshotLog log, List<ChainFinding> findings, KnownHeads known) {

    /// Reads the log and audits it.
    ///
    /// What this machine remembers is read first, so that it holds nothing that came after the listing. A
    /// listing is not atomic: it may miss a record and have the next one. So what looks wrong is told only if
    /// it still does in a second listing, which has all that was there when the first one ended.
    public static AuditedLog read(RepositoryContext context, SnapshotLog.Listener listener) {
        KnownHeads known = KnownHeads.read(context.settings().stateDirectory());
        SnapshotLog log = SnapshotLog.read(context, listener);
        List<ChainFinding> findings = new ChainAudit(log, known).findings();
        if (findings.isEmpty()) {
            return new AuditedLog(log, findings, known);
        }
        SnapshotLog again = log.refreshed(context, listener);
        List<ChainFinding> lasting = new ChainAudit(again, known)
                .findings().stream()
                        .filter(finding -> findings.stream().anyMatch(finding::overlaps))
                        .toList();
        return new AuditedLog(again, lasting, known);
    }

    /// The place of a record that cannot be read, if another record, or this machine, tells of it.
    Optional<Head> placeOf(ObjectName name) {
        return new ChainAudit(log, known).placeOf(name);
    }

    /// Whether the log has the record of a receipt, or says that it was forgotten.
    public boolean has(Receipt receipt) {
        return new ChainAudit(log, known).has(receipt);
    }
}
