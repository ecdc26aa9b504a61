package obnam.engine.deletion;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.RepositoryContext;

/// Takes up what runs of this machine left that were broken off: their packs are named in an INDEX, so that
/// the next run finds what they stored, and their notices are deleted.
public final class InterruptedRuns {

    private InterruptedRuns() {}

    /// Takes up all.
    public static void takeUp(RepositoryContext repository, ChunkIndex index) {
        RunFile.ended(repository.settings().stateDirectory(), run -> {
            takeUp(repository, index, run.noted());
            run.remove();
        });
    }

    private static void takeUp(RepositoryContext repository, ChunkIndex index, List<ObjectInfo> noted) {
        ChunkStore store = repository.store();
        Set<ObjectName> condemned = index.condemned().packs();
        Set<ObjectName> known =
                index.sizes(noted.stream().map(ObjectInfo::name).toList()).keySet();
        UnindexedPacks packs = new UnindexedPacks(repository);
        for (ObjectInfo object : noted) {
            boolean unknown = object.name().kind() == ObjectKind.PACK
                    && !known.contains(object.name())
                    && !condemned.contains(object.name());
            if (unknown && store.size(object.name()).equals(OptionalLong.of(object.size()))) {
                packs.add(object);
            }
        }
        packs.publish();
        if (packs.indexed() > 0) {
            index.refresh();
        }
        List<ObjectName> notices = new ArrayList<>();
        noted.stream()
                .map(ObjectInfo::name)
                .filter(name -> name.kind() == ObjectKind.NOTICE)
                .forEach(notices::add);
        notices.forEach(store::delete);
    }
}
