package obnam.engine.deletion;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.BlockRows;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackTable;
import obnam.engine.format.PackType;
import obnam.engine.format.SealedObject;
import obnam.engine.format.Sizes;
import obnam.engine.repository.RepositoryContext;

/// Names packs that no index knows in new INDEX objects, by their own tables. Not thread-safe.
public final class UnindexedPacks {

    private static final int INDEX_TARGET = 4 << 20;

    private final RepositoryContext repository;
    private final List<IndexObject.PackEntry> entries = new ArrayList<>();
    private int length;
    private long indexed;

    public UnindexedPacks(RepositoryContext repository) {
        this.repository = repository;
    }

    /// Takes up a pack. One that is not there, is of another length, or is damaged is passed over.
    public void add(ObjectInfo pack) {
        BlockRows rows = new BlockRows();
        Optional<PackType> type = read(pack, rows);
        if (type.isPresent()) {
            entries.add(new IndexObject.PackEntry(pack.name(), (int) pack.size(), type.get(), rows));
            length += IndexObject.lengthOf(rows);
            indexed++;
            if (length > INDEX_TARGET) {
                publish();
            }
        }
    }

    private Optional<PackType> read(ObjectInfo pack, BlockRows rows) {
        ChunkStore store = repository.store();
        try {
            PackType type = PackTable.read(store, repository.frames(), pack.name(), pack.size(), rows.copier());
            if (store.traits().local()) {
                makeDurable(pack.name());
            }
            return Optional.of(type);
        } catch (MissingObjectException | DamageException _) {
            return Optional.empty();
        }
    }

    /// Who put it may have died before a barrier. Putting it again has it covered by our next one.
    private void makeDurable(ObjectName pack) {
        byte[] bytes = repository.store().get(pack, Sizes.OBJECT_LIMIT);
        SealedObject.verifyName(pack, bytes);
        repository.store().put(pack, ByteBuffer.wrap(bytes));
    }

    /// Puts what was taken up.
    public void publish() {
        if (!entries.isEmpty()) {
            repository.store().barrier();
            byte[] bytes = IndexObject.encode(repository.frames(), entries);
            ObjectName name = SealedObject.name(ObjectKind.INDEX, bytes, bytes.length);
            repository.store().put(name, ByteBuffer.wrap(bytes));
            entries.clear();
            length = 0;
        }
    }

    /// How many packs were taken up.
    public long indexed() {
        return indexed;
    }
}
