package obnam.engine.prune;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import obnam.api.MissingObjectException;
import obnam.api.ObjectName;
import obnam.engine.format.BlockRows;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackTable;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;
import obnam.engine.index.IndexTables;
import obnam.engine.index.PackInfo;
import obnam.engine.repository.RepositoryContext;

/// What stands in packs that are to be emptied, block by block: as an INDEX object says, or, where that is
/// replaced by now, the pack's own table. Keeps the INDEX objects read last, up to a bound. For one thread.
final class SourceRows {

    private static final long CACHE = 16L << 20;

    private final RepositoryContext repository;
    private final Map<ObjectName, Map<ObjectName, IndexObject.PackEntry>> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ObjectName, Integer> sizes = new HashMap<>();
    private long cached;

    SourceRows(RepositoryContext repository) {
        this.repository = repository;
    }

    /// The blocks of a pack.
    ///
    /// @throws MissingObjectException if the pack is gone
    IndexObject.PackEntry of(IndexTables tables, int row) {
        PackInfo info = tables.pack(row);
        return Optional.ofNullable(entries(tables.source(row)).get(info.name())).orElseGet(() -> fromTable(info));
    }

    private Map<ObjectName, IndexObject.PackEntry> entries(ObjectName index) {
        Map<ObjectName, IndexObject.PackEntry> known = cache.get(index);
        if (known == null) {
            known = read(index);
            cache.put(index, known);
            cached += sizes.getOrDefault(index, 0);
            var oldest = cache.keySet().iterator();
            while (cached > CACHE && cache.size() > 1) {
                cached -= sizes.getOrDefault(oldest.next(), 0);
                oldest.remove();
            }
        }
        return known;
    }

    private Map<ObjectName, IndexObject.PackEntry> read(ObjectName index) {
        Map<ObjectName, IndexObject.PackEntry> entries = new HashMap<>();
        try {
            byte[] bytes = repository.store().get(index, Sizes.OBJECT_LIMIT);
            sizes.put(index, bytes.length);
            IndexObject.read(repository.frames(), index, bytes)
                    .packs()
                    .forEach(entry -> entries.put(entry.name(), entry));
        } catch (MissingObjectException _) {
            sizes.put(index, 0); // another prune has replaced it
        }
        return entries;
    }

    private IndexObject.PackEntry fromTable(PackInfo info) {
        BlockRows rows = new BlockRows();
        PackType type =
                PackTable.read(repository.store(), repository.frames(), info.name(), info.size(), rows.copier());
        return new IndexObject.PackEntry(info.name(), info.size(), type, rows);
    }
}
