package obnam.engine.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.IndexObject;
import obnam.engine.format.Sizes;
import obnam.engine.index.IndexTables;
import obnam.engine.repository.RepositoryContext;

/// Replaces INDEX objects that name packs that are gone, and joins small ones. Only objects that the index
/// had read are replaced. For one thread.
final class IndexRewrite {

    private static final int TARGET = 4 << 20;
    private static final int SMALL = TARGET / 2;
    /// Fewer small objects are not worth the while.
    private static final int FEWEST = 4;

    private final RepositoryContext repository;
    private final Publication publication;
    private final Predicate<ObjectName> isGone;
    private final List<IndexObject.PackEntry> entries = new ArrayList<>();
    private final Set<ObjectName> written = new HashSet<>();
    private final List<ObjectName> replaced = new ArrayList<>();
    private long replacedLength;
    private int length;

    /// @param isGone whether a pack is not to be named any more
    IndexRewrite(RepositoryContext repository, Publication publication, Predicate<ObjectName> isGone) {
        this.repository = repository;
        this.publication = publication;
        this.isGone = isGone;
    }

    /// Rewrites.
    ///
    /// @param tables what the index had read; newer objects are left alone
    void run(IndexTables tables) {
        Set<ObjectName> known = new HashSet<>();
        Set<ObjectName> stale = new HashSet<>();
        for (int row = 0; row < tables.packs(); row++) {
            if (!tables.gone(row)) {
                ObjectName source = tables.source(row);
                known.add(source);
                if (isGone.test(tables.pack(row).name())) {
                    stale.add(source);
                }
            }
        }
        List<ObjectInfo> listed = new ArrayList<>();
        repository.store().list(ObjectKind.INDEX, info -> {
            if (known.contains(info.name())) {
                listed.add(info);
            }
        });
        stale.addAll(small(listed, stale));
        stale.removeAll(tables.condemned().sets().keySet()); // what they say must not get lost
        listed.stream()
                .filter(info -> stale.contains(info.name()))
                .sorted(Comparator.comparing(ObjectInfo::name))
                .forEach(this::rewrite);
        publish();
    }

    /// Small objects, as long as the next is not longer than all smaller ones, and those that are replaced
    /// anyway, together.
    private static Set<ObjectName> small(List<ObjectInfo> listed, Set<ObjectName> stale) {
        List<ObjectInfo> rising = new ArrayList<>(
                listed.stream().filter(info -> info.size() < SMALL).distinct().toList());
        rising.sort(Comparator.comparingLong(ObjectInfo::size));
        Set<ObjectName> chosen = new HashSet<>();
        long smaller = 0;
        for (ObjectInfo info : rising) {
            if (chosen.size() >= 2 && info.size() > smaller) {
                break;
            }
            chosen.add(info.name());
            smaller += info.size();
        }
        boolean worthwhile = chosen.size() >= FEWEST || chosen.stream().anyMatch(stale::contains);
        return worthwhile ? chosen : Set.of();
    }

    private void rewrite(ObjectInfo info) {
        Optional<byte[]> bytes = read(info.name());
        if (bytes.isEmpty()) {
            return;
        }
        for (IndexObject.PackEntry entry :
                IndexObject.read(repository.frames(), info.name(), bytes.get()).packs()) {
            if (!isGone.test(entry.name()) && written.add(entry.name())) {
                entries.add(entry);
                length += IndexObject.lengthOf(entry.rows());
            }
        }
        replaced.add(info.name());
        replacedLength += info.size();
        if (length > TARGET) {
            publish();
        }
    }

    private Optional<byte[]> read(ObjectName name) {
        try {
            return Optional.of(repository.store().get(name, Sizes.OBJECT_LIMIT));
        } catch (MissingObjectException _) {
            return Optional.empty(); // another prune has replaced it
        }
    }

    private void publish() {
        if (!entries.isEmpty()) {
            var _ = publication.index(IndexObject.Statements.of(List.copyOf(entries)));
            repository.store().barrier();
        }
        publication.delete(replaced, replacedLength);
        entries.clear();
        replaced.clear();
        replacedLength = 0;
        length = 0;
    }
}
