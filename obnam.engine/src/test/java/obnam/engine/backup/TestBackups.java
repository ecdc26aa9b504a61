package obnam.engine.backup;

import static obnam.engine.format.FixedRepository.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import obnam.api.ChunkId;
import obnam.api.ChunkStore;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.BackupRequest;
import obnam.engine.BackupResult;
import obnam.engine.Compression;
import obnam.engine.Entry;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.browse.PieceCursor;
import obnam.engine.filter.Exclusions;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.FixedRepository;
import obnam.engine.format.IndexObject;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.history.SnapshotLog;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.ChunkReader;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.tree.TreeCursor;
import obnam.posix.FileSystem;
import obnam.posix.FileType;

/// Makes backups into a store with fixed keys, and looks at what became of them.
public final class TestBackups {

    public final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
    public List<String> excluded = List.of();
    public boolean caches;
    public boolean dryRun;
    public boolean readAll;
    public boolean cached;
    public FileSystem files = FileSystem.local();
    public Progress progress = new Progress(problems::add);

    private final RepositoryContext context;

    /// @param store where the repository is
    /// @param state where the client keeps its state
    public TestBackups(ChunkStore store, Path state, int threads) {
        // an hour ahead, so that files made just before a backup are not in doubt
        this(store, state, threads, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    }

    public TestBackups(ChunkStore store, Path state, int threads, Clock clock) {
        this.context = FixedRepository.context(store, state.toAbsolutePath().toString(), threads, clock);
    }

    public RepositoryContext context() {
        return context;
    }

    public ChunkIndex index() {
        return cached
                ? ChunkIndex.open(
                        context.store(), context.frames(), context.settings().cacheDirectory())
                : ChunkIndex.load(context.store(), context.frames());
    }

    public List<SnapshotRecord> records() {
        List<ObjectName> names = new ArrayList<>();
        context.store().list(ObjectKind.SNAPSHOT, info -> names.add(info.name()));
        return names.stream().flatMap(name -> record(name).stream()).toList();
    }

    /// A record, unless it was deleted since the listing.
    private Optional<SnapshotRecord> record(ObjectName name) {
        try {
            return SnapshotRecord.decode(context.frames(), name, context.store().get(name, 1 << 20));
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    public BackupResult run(Path... roots) {
        List<byte[]> paths = Arrays.stream(roots).map(TestBackups::bytes).toList();
        BackupRequest request = new BackupRequest(
                paths,
                Exclusions.of(excluded.stream().map(FixedRepository::utf8).toList()),
                caches,
                false,
                List.of("tag"),
                "host",
                "user",
                Optional.empty(),
                readAll,
                dryRun,
                false,
                false,
                Compression.FAST);
        ChunkIndex index = index();
        RepositoryContext target =
                dryRun ? context.withStore(new obnam.engine.store.DiscardingStore(context.store())) : context;
        try (ChunkReader reader = new ChunkReader(context, index, 1 << 20)) {
            return new BackupRun(target, index, reader, request, progress, files)
                    .run(SnapshotLog.read(context, (_, damage) -> {
                        throw damage;
                    }));
        }
    }

    public Snapshot backup(Path... roots) {
        return run(roots).snapshot().orElseThrow();
    }

    public static byte[] bytes(Path path) {
        return utf8(path.toAbsolutePath().toString());
    }

    public List<String> problemTexts() {
        return problems.stream()
                .map(problem -> new String(problem.path(), StandardCharsets.UTF_8) + ": " + problem.reason())
                .sorted()
                .toList();
    }

    /// The entries of a snapshot below `root`, by their paths relative to it.
    public Map<String, Entry> entries(Snapshot snapshot, Path root) {
        Map<String, Entry> all = new TreeMap<>();
        try (ChunkReader reader = new ChunkReader(context, index(), 1 << 20)) {
            collect(reader, snapshot.tree(), "", all);
        }
        String prefix = root.toAbsolutePath() + "/";
        Map<String, Entry> below = new TreeMap<>();
        all.forEach((path, entry) -> {
            if (path.startsWith(prefix)) {
                below.put(path.substring(prefix.length()), entry);
            }
        });
        return below;
    }

    private static void collect(ChunkReader reader, TreeReference tree, String path, Map<String, Entry> all) {
        TreeCursor cursor = new TreeCursor(reader, tree);
        while (cursor.next()) {
            Entry entry = cursor.entry().entry();
            String child = path + "/" + new String(entry.name(), StandardCharsets.ISO_8859_1);
            all.put(child, entry);
            if (entry.type() == FileType.DIRECTORY && entry.body() instanceof Entry.Directory directory) {
                collect(reader, directory.tree(), child, all);
            }
        }
    }

    /// The tree of one directory; that of `/` also holds the times of the directories on the way, which others
    /// change.
    public TreeReference tree(Snapshot snapshot, Path directory) {
        Entry entry = entries(snapshot, directory.getParent())
                .get(directory.getFileName().toString());
        return ((Entry.Directory) entry.body()).tree();
    }

    /// The pieces of a file, in order.
    public List<Entry.Piece> pieces(Entry entry) {
        List<Entry.Piece> pieces = new ArrayList<>();
        try (ChunkReader reader = new ChunkReader(context, index(), 1 << 20)) {
            PieceCursor cursor = new PieceCursor(reader, (Entry.File) entry.body());
            while (cursor.next()) {
                pieces.add(cursor.piece());
            }
        }
        return pieces;
    }

    /// The bytes of a file.
    public byte[] content(Entry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChunkReader reader = new ChunkReader(context, index(), 1 << 20)) {
            for (Entry.Piece piece : pieces(entry)) {
                byte[] bytes = new byte[(int) piece.length()];
                if (piece.chunk().isPresent()) {
                    ByteBuffer chunk = reader.read(ChunkRole.DATA, piece.chunk().get(), bytes.length);
                    chunk.get(bytes);
                }
                out.writeBytes(bytes);
            }
        }
        return out.toByteArray();
    }

    /// The ids of all chunks that indexes name.
    public Set<ChunkId> chunks() {
        Set<ChunkId> ids = new TreeSet<>();
        List<ObjectName> names = new ArrayList<>();
        context.store().list(ObjectKind.INDEX, info -> names.add(info.name()));
        BlockRows.Visitor visitor = new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {}

            @Override
            public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
                ids.add(id);
            }
        };
        for (ObjectName name : names) {
            IndexObject.decode(context.frames(), name, context.store().get(name, 64 << 20), (_, _, _) -> visitor);
        }
        return ids;
    }
}
