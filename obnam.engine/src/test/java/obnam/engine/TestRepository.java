package obnam.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import obnam.api.ChunkSizes;
import obnam.api.ChunkStore;
import obnam.api.ObjectName;
import obnam.api.Providers;
import obnam.engine.filter.Exclusions;
import obnam.testkit.MemoryStore;

/// A repository in memory whose runs the tests of restore and check look at.
public final class TestRepository implements AutoCloseable {

    private static final Providers PROVIDERS = TestProviders.all();
    private static final Map<String, Long> CHEAP = Map.of("iterations", 220_000L);
    private static final ChunkSizes SMALL_CHUNKS = new ChunkSizes(1 << 10, 4 << 10, 16 << 10);

    /// What a run told of.
    public final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());

    private final MemoryStore store;
    private final Credential credential;
    private final Path state;
    private final Repository repository;

    private TestRepository(MemoryStore store, Credential credential, Path state) {
        this.store = store;
        this.credential = credential;
        this.state = state;
        this.repository = open();
    }

    /// Makes one, with small chunks, so that small files have lists.
    ///
    /// @param state where the client keeps its state
    public static TestRepository create(Path state) {
        MemoryStore store = new MemoryStore();
        RepositorySetup.SetupOptions options = RepositorySetup.SetupOptions.defaults()
                .withKeyDeriver("pbkdf2-hmac-sha-512", CHEAP)
                .withChunker("gear", SMALL_CHUNKS);
        byte[] passphrase = "passphrase".getBytes(StandardCharsets.UTF_8);
        return new TestRepository(store, RepositorySetup.create(store, PROVIDERS, options, passphrase), state);
    }

    /// Opens the repository once more, as it is now.
    public Repository open() {
        return open(store, state);
    }

    /// Opens it in another store, or for another machine.
    public Repository open(ChunkStore where, Path machine) {
        return Repository.open(
                where,
                PROVIDERS,
                credential,
                new RepositorySettings(
                        bytes(machine.resolve("state")),
                        bytes(machine.resolve("cache")),
                        3,
                        "test",
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(1))));
    }

    /// Where it is.
    public ChunkStore store() {
        return store;
    }

    /// The open repository.
    public Repository repository() {
        return repository;
    }

    /// All its objects, copied.
    public SortedMap<ObjectName, byte[]> objects() {
        return store.contents();
    }

    /// Puts something in the place of an object.
    public void replace(ObjectName name, byte[] content) {
        store.replace(name, content);
    }

    /// Removes an object.
    public void remove(ObjectName name) {
        store.delete(name);
    }

    /// Backs up.
    public Snapshot backup(Path... roots) {
        return backup(repository, roots).snapshot().orElseThrow();
    }

    /// Backs up from another machine.
    public BackupResult backup(Repository machine, Path... roots) {
        List<byte[]> paths = new ArrayList<>();
        for (Path root : roots) {
            paths.add(bytes(root));
        }
        BackupRequest request = new BackupRequest(
                paths,
                Exclusions.none(),
                false,
                false,
                List.of(),
                "host",
                "user",
                Optional.empty(),
                false,
                false,
                false,
                false,
                Compression.FAST);
        return machine.backup(request, progress());
    }

    /// Restores a directory of a snapshot.
    public RestoreResult restore(Snapshot snapshot, Path path, Path target) {
        return repository.restore(request(snapshot, path, target), progress());
    }

    /// What asks for a directory of a snapshot, to be read back after it is written.
    public static RestoreRequest request(Snapshot snapshot, Path path, Path target) {
        return new RestoreRequest(snapshot, Optional.of(bytes(path)), bytes(target), false, true);
    }

    /// Checks all.
    public CheckResult check() {
        return repository.check(new CheckRequest(true), progress());
    }

    /// Where problems are collected.
    public Progress progress() {
        return new Progress(problems::add);
    }

    /// The problems so far, as text.
    public List<String> problemTexts() {
        return problems.stream()
                .map(problem -> new String(problem.path(), StandardCharsets.UTF_8) + ": " + problem.reason())
                .toList();
    }

    /// A path as bytes.
    public static byte[] bytes(Path path) {
        return path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        repository.close();
    }
}
