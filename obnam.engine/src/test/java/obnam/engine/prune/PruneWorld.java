package obnam.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.CheckRequest;
import obnam.engine.CheckResult;
import obnam.engine.Entry;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Snapshot;
import obnam.engine.backup.TestBackups;
import obnam.engine.check.CheckRun;
import obnam.engine.history.AuditedLog;
import obnam.engine.history.Forgetting;
import obnam.engine.history.SnapshotLog;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.RepositoryContext;
import obnam.testkit.MemoryStore;

/// A repository in memory, live data, what they were at each snapshot, and prunes.
final class PruneWorld {

    final MemoryStore store;
    final Path root;
    final Path state;

    private final Map<ObjectName, Map<String, byte[]>> saved;

    PruneWorld(Path folder) throws IOException {
        this(
                new MemoryStore(),
                Files.createDirectories(folder.resolve("root")),
                folder.resolve("state"),
                new HashMap<>());
    }

    private PruneWorld(MemoryStore store, Path root, Path state, Map<ObjectName, Map<String, byte[]>> saved) {
        this.store = store;
        this.root = root;
        this.state = state;
        this.saved = saved;
    }

    /// The same repository in another store, with another client.
    PruneWorld copy(Path newState) {
        return new PruneWorld(store.copy(), root, newState, new HashMap<>(saved));
    }

    void write(String name, long seed, int length) throws IOException {
        byte[] content = new byte[length];
        new SplittableRandom(seed).nextBytes(content);
        Files.write(root.resolve(name), content);
    }

    TestBackups client(ChunkStore through) {
        TestBackups client = new TestBackups(through, state, 1);
        client.cached = true;
        return client;
    }

    Snapshot backup() throws IOException {
        return backup(client(store));
    }

    Snapshot backup(TestBackups client) throws IOException {
        return remember(client.backup(root));
    }

    /// Notes the live data as what a snapshot has.
    Snapshot remember(Snapshot snapshot) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try (var files = Files.list(root)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        saved.put(snapshot.name(), contents);
        return snapshot;
    }

    /// Forgets a snapshot, from another machine.
    void forget(Snapshot snapshot) {
        RepositoryContext context = new TestBackups(store, state.resolve("forgetter"), 1).context();
        AuditedLog log = AuditedLog.read(context, (_, damage) -> {
            throw damage;
        });
        new Forgetting(context, log, new Actor("other", "user")).forget(List.of(snapshot.name()));
    }

    PruneResult prune() {
        return prune(PruneRequest.DEFAULT);
    }

    PruneResult prune(PruneRequest request) {
        return prune(store, request);
    }

    /// With a cache of its own, as another machine has it.
    PruneResult prune(ChunkStore through, PruneRequest request) {
        return pruneAs(state.resolve("pruner"), through, request);
    }

    PruneResult pruneAs(Path pruner, ChunkStore through, PruneRequest request) {
        TestBackups client = new TestBackups(through, pruner, 1);
        client.cached = true;
        return new PruneRun(client.context(), client.index(), request, new Progress(problem -> {
                    throw new AssertionError(problem);
                }))
                .run();
    }

    List<ObjectName> names(ObjectKind kind) {
        return store.contents().keySet().stream()
                .filter(name -> name.kind() == kind)
                .toList();
    }

    int count(ObjectKind kind) {
        return names(kind).size();
    }

    long bytes(ObjectKind kind) {
        return store.contents().entrySet().stream()
                .filter(object -> object.getKey().kind() == kind)
                .mapToLong(object -> object.getValue().length)
                .sum();
    }

    /// Fails unless a snapshot has every byte that was saved.
    void requireWhole(Snapshot snapshot) {
        TestBackups client = client(store);
        Map<String, byte[]> contents = saved.get(snapshot.name());
        Map<String, Entry> entries = client.entries(snapshot, root);
        assertThat(entries.keySet()).isEqualTo(contents.keySet());
        contents.forEach((name, content) ->
                assertThat(client.content(entries.get(name))).as(name).isEqualTo(content));
    }

    /// Fails unless all snapshots that are there are whole.
    void requireAllWhole() {
        SnapshotLog log = SnapshotLog.read(client(store).context(), (_, damage) -> {
            throw damage;
        });
        log.snapshots().forEach(record -> requireWhole(record.snapshot()));
    }

    /// Fails unless a check of everything finds nothing, and nothing of a prune is left over.
    void requireClean() {
        RepositoryContext context = client(store).context();
        List<Problem> problems = new java.util.ArrayList<>();
        CheckRun check = new CheckRun(context, new CheckRequest(true), new Progress(problems::add));
        CheckResult result = check.run();
        assertThat(problems.stream().map(Problem::reason)).isEmpty();
        assertThat(result.damaged()).isZero();
        assertThat(check.unlistedPacks()).isZero();
        ChunkIndex index = ChunkIndex.load(context.store(), context.frames());
        assertThat(index.condemned().sets()).isEmpty();
    }
}
