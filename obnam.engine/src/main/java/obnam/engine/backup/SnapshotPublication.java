package obnam.engine.backup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Snapshot;
import obnam.engine.format.ChainLink;
import obnam.engine.format.SealedObject;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.state.ClientChain;

/// Puts the record of a finished backup, as the next in this machine's chain. Runs of one machine take turns only
/// here.
final class SnapshotPublication {

    private static final ObjectName UNNAMED = new ObjectName(ObjectKind.SNAPSHOT, "0".repeat(64));

    private final RepositoryContext repository;
    private final List<SnapshotRecord> records;

    /// @param records the records that this run has seen
    SnapshotPublication(RepositoryContext repository, List<SnapshotRecord> records) {
        this.repository = repository;
        this.records = records;
    }

    /// Makes sure that this machine can keep its chain, before hours are spent on data.
    void prepare() {
        ClientChain.open(repository.settings().stateDirectory(), repository.random())
                .close();
    }

    /// Puts it.
    ///
    /// @param snapshot makes the snapshot with a given name
    Snapshot publish(Function<ObjectName, Snapshot> snapshot) {
        byte[] directory = repository.settings().stateDirectory();
        try (ClientChain chain = ClientChain.open(directory, repository.random())) {
            ChainLink link = link(chain);
            byte[] bytes = new SnapshotRecord(link, snapshot.apply(UNNAMED)).encode(repository.frames());
            ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
            repository.store().put(name, ByteBuffer.wrap(bytes));
            repository.store().barrier();
            chain.advance(link.number(), name);
            return snapshot.apply(name);
        }
    }

    private ChainLink link(ClientChain chain) {
        Map<String, ChainLink.Head> newest = new HashMap<>();
        for (SnapshotRecord record : records) {
            ChainLink link = record.link();
            ChainLink.Head head = new ChainLink.Head(
                    link.chain(), link.number(), record.snapshot().name());
            newest.merge(link.chain(), head, (one, other) -> one.number() >= other.number() ? one : other);
        }
        Optional<ChainLink.Head> own = Optional.ofNullable(newest.remove(chain.id()));
        List<ChainLink.Head> others = new ArrayList<>(newest.values());
        others.sort(Comparator.comparing(ChainLink.Head::chain));
        Optional<ChainLink.Head> last = chain.head()
                .filter(head -> own.isEmpty() || head.number() >= own.get().number())
                .or(() -> own);
        long number = last.map(head -> head.number() + 1).orElse(0L);
        return new ChainLink(chain.id(), number, last.map(ChainLink.Head::name), others);
    }
}
