package obnam.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.UsageException;
import obnam.posix.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreTest {

    private static final String HEX = "0a" + "b".repeat(62);
    private static final ObjectName PACK = new ObjectName(ObjectKind.PACK, HEX);

    @TempDir
    private Path directory;

    private final List<ChunkStore> opened = new ArrayList<>();

    private Path root() {
        return directory.resolve("store");
    }

    private ChunkStore open(String location, OpenMode mode) {
        ChunkStore store = new LocalStoreProvider().open(location, mode);
        opened.add(store);
        return store;
    }

    private ChunkStore create() {
        return open(root().toString(), OpenMode.CREATE);
    }

    @AfterEach
    void close() {
        opened.forEach(ChunkStore::close);
    }

    private static void put(ChunkStore store, ObjectName name) {
        store.put(name, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    // Layout

    @Test
    void objectsLieWhereResticsRepositoriesHaveThem() throws IOException {
        ChunkStore store = create();
        for (ObjectKind kind : ObjectKind.values()) {
            put(store, kind == ObjectKind.CONFIG ? ObjectName.CONFIG : new ObjectName(kind, HEX));
        }
        for (String path : List.of(
                "config", "data/0a/" + HEX, "index/" + HEX, "keys/" + HEX, "locks/" + HEX, "snapshots/" + HEX)) {
            assertThat(root().resolve(path)).hasBinaryContent(new byte[] {1, 2, 3});
        }
        store.close();
        assertThat(names(root())).containsExactly("config", "data", "index", "keys", "locks", "snapshots", "tmp");
        assertThat(names(root().resolve("tmp"))).isEmpty();
    }

    @Test
    void nobodyElseMayReadAnything() throws IOException {
        put(create(), PACK);
        try (Stream<Path> all = Files.walk(root())) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void anObjectHasOneNameOnly() throws IOException {
        put(create(), PACK);
        assertThat(Files.getAttribute(root().resolve("data/0a/" + HEX), "unix:nlink"))
                .isEqualTo(1);
    }

    @Test
    void foldersThatGotLostAreMadeAgain() throws IOException {
        ChunkStore store = create();
        put(store, ObjectName.CONFIG);
        store.close();
        for (String folder : List.of("data", "index", "keys", "locks", "snapshots")) {
            Files.delete(root().resolve(folder));
        }
        ChunkStore again = open(root().toString(), OpenMode.EXISTING);
        assertThat(again.size(PACK)).isEmpty();
        again.delete(PACK);
        again.list(ObjectKind.PACK, _ -> {});
        again.list(ObjectKind.INDEX, _ -> {});
        put(again, PACK);
        again.barrier();
        assertThat(again.size(PACK)).hasValue(3);
    }

    @Test
    void foreignEntriesAreNotListed() throws IOException {
        ChunkStore store = create();
        put(store, PACK);
        put(store, new ObjectName(ObjectKind.INDEX, HEX));
        Path packs = root().resolve("data/0a");
        for (String name : List.of("x", HEX + ".tmp", HEX.toUpperCase(java.util.Locale.ROOT), "0b" + "b".repeat(62))) {
            Files.writeString(packs.resolve(name), "x");
            Files.writeString(root().resolve("data").resolve(name), "x");
        }
        Files.createDirectory(packs.resolve("0a" + "c".repeat(62)));
        Files.createSymbolicLink(packs.resolve("0a" + "d".repeat(62)), packs.resolve(HEX));
        Files.createDirectory(root().resolve("data/xy"));
        List<ObjectInfo> listed = new ArrayList<>();
        store.list(ObjectKind.PACK, listed::add);
        assertThat(listed).containsExactly(new ObjectInfo(PACK, 3));
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        ChunkStore store = create();
        put(store, PACK);
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        ObjectName name = new ObjectName(ObjectKind.PACK, "0a" + "c".repeat(62));
        Path link = Files.createSymbolicLink(root().resolve("data/0a/" + name.hex()), secret);
        assertThatThrownBy(() -> store.get(name, 100)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.getRange(name, 0, 1, new byte[1], 0)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.size(name)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> put(store, name)).isInstanceOf(ObjectExistsException.class);
        store.delete(name);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(secret).hasContent("secret");

        Path folder = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(root().resolve("data/ff"), folder);
        assertThatThrownBy(() -> put(store, new ObjectName(ObjectKind.PACK, "f".repeat(64))))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.list(ObjectKind.PACK, _ -> {})).isInstanceOf(StoreException.class);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void anObjectThatIsADirectoryOrWasCutIsTold() throws IOException {
        ChunkStore store = create();
        put(store, PACK);
        store.getRange(PACK, 0, 3, new byte[3], 0);
        Files.write(root().resolve("data/0a/" + HEX), new byte[] {1});
        assertThatThrownBy(() -> store.getRange(PACK, 0, 3, new byte[3], 0)).isInstanceOf(DamageException.class);
        ObjectName name = new ObjectName(ObjectKind.PACK, "0a" + "c".repeat(62));
        Files.createDirectory(root().resolve("data/0a/" + name.hex()));
        assertThatThrownBy(() -> store.get(name, 100)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.delete(name)).isInstanceOf(StoreException.class);
    }

    @Test
    void manyOpenFilesAreClosedAgain() throws IOException {
        ChunkStore store = create();
        for (int i = 0; i < 100; i++) {
            ObjectName name = new ObjectName(ObjectKind.PACK, "0a" + "%062x".formatted(i));
            put(store, name);
            store.getRange(name, 0, 1, new byte[1], 0);
        }
        assertThat(openFilesBelow(root())).isBetween(1L, 40L);
        store.close();
        assertThat(openFilesBelow(root())).isZero();
    }

    private static long openFilesBelow(Path root) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).startsWith(root);
                        } catch (IOException _) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }

    // Left-overs

    @Test
    void leftOversOfADeadWriterAreRemovedAndNothingElse() throws IOException {
        create().close();
        Path tmp = Files.createDirectory(root().resolve("tmp"));
        String dead = "0123456789abcdef".repeat(2);
        for (String name : List.of(dead + "-1", dead + "-27", dead + ".lock", "mine", dead + "-x", dead)) {
            Files.writeString(tmp.resolve(name), "x");
        }
        open(root().toString(), OpenMode.EXISTING);
        assertThat(names(tmp)).containsExactlyInAnyOrder("mine", dead + "-x", dead);
    }

    @Test
    void whatAnOpenStoreWritesIsLeftAloneUntilItIsClosed() throws IOException {
        ChunkStore writer = create();
        put(writer, PACK);
        Path tmp = root().resolve("tmp");
        String lock = names(tmp).getFirst();
        Path draft = Files.writeString(tmp.resolve(lock.replace(".lock", "-99")), "x");
        open(root().toString(), OpenMode.EXISTING);
        assertThat(draft).exists();
        writer.close();
        open(root().toString(), OpenMode.EXISTING);
        assertThat(names(tmp)).isEmpty();
    }

    // Locations

    @Test
    void anEmptyDirectoryIsNoRepositoryButBecomesOne() throws IOException {
        Files.createDirectory(root());
        assertThatThrownBy(() -> open(root().toString(), OpenMode.EXISTING)).isInstanceOf(NoRepositoryException.class);
        assertThat(names(root())).isEmpty();
        Files.createDirectory(root().resolve("lost+found"));
        create();
        open(root() + "///", OpenMode.EXISTING);
    }

    @Test
    void aStoreWhoseCreationDidNotEndIsCompleted() throws IOException {
        Files.createDirectories(root().resolve("index"));
        assertThatThrownBy(() -> open(root().toString(), OpenMode.EXISTING)).isInstanceOf(NoRepositoryException.class);
        create();
        open(root().toString(), OpenMode.EXISTING);
    }

    @Test
    void aDirectoryWithOtherThingsIsNotTurnedIntoAStore() throws IOException {
        Files.createDirectories(root().resolve("data"));
        Files.writeString(root().resolve("photo.jpg"), "x");
        assertThatThrownBy(this::create).isInstanceOf(UsageException.class);
        assertThat(names(root())).containsExactly("data", "photo.jpg");
    }

    @Test
    void aFileIsNoStore() throws IOException {
        Files.writeString(root(), "x");
        for (OpenMode mode : OpenMode.values()) {
            for (String location : List.of(root().toString(), root() + "/below")) {
                assertThatThrownBy(() -> open(location, mode))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining("not a directory");
            }
        }
        assertThat(root()).hasContent("x");
    }

    @Test
    void whatCannotBeAPathIsRefused() {
        for (String location : List.of("", "//host/path", "/a\0b", "/a\ud800b", "/" + "a/".repeat(3000))) {
            for (OpenMode mode : OpenMode.values()) {
                assertThatThrownBy(() -> open(location, mode))
                        .as("%s", location)
                        .isInstanceOf(UsageException.class);
            }
        }
    }

    @Test
    void aLinkToAStoreAndRelativePathsAreFollowed() throws IOException {
        put(create(), PACK);
        Path link = Files.createSymbolicLink(directory.resolve("link"), root());
        assertThat(open(link.toString(), OpenMode.EXISTING).size(PACK)).hasValue(3);
        Path working = Path.of("").toAbsolutePath();
        assertThat(open(working.relativize(root()).toString(), OpenMode.EXISTING)
                        .size(PACK))
                .hasValue(3);
    }

    @Test
    void missingDirectoriesOnTheWayAreMade() {
        String location = directory + "/new/../other//store/";
        open(location, OpenMode.CREATE);
        assertThat(directory.resolve("other/store/data")).isDirectory();
    }

    @Test
    void aPathIsTakenAsItIs() {
        open(directory + "/~/%41 ü*", OpenMode.CREATE);
        assertThat(directory.resolve("~/%41 ü*/data")).isDirectory();
    }

    @Test
    void anObjectThatAnotherProcessDeletedIsMissing() throws IOException {
        ChunkStore store = create();
        put(store, PACK);
        Files.delete(root().resolve("data/0a/" + HEX));
        assertThat(store.size(PACK)).isEmpty();
        assertThatThrownBy(() -> store.get(PACK, 10)).isInstanceOf(MissingObjectException.class);
        Files.delete(root().resolve("data/0a"));
        assertThatThrownBy(() -> put(store, PACK))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.worthRetrying()).isTrue());
        put(store, PACK);
        assertThat(store.size(PACK)).hasValue(3);
    }

    @Test
    void theProviderIsFoundByItsScheme() {
        assertThat(new obnam.api.Providers(List.of()).store("file")).isInstanceOf(LocalStoreProvider.class);
    }

    @Test
    void aReserveIsMadeWhenTheDiskBeginsToFillAndIsGivenUpOnRequest() {
        long[] free = {Long.MAX_VALUE};
        LocalStore store = new LocalStore(withFreeSpace(() -> free[0]), "file");
        store.create();
        Path reserve = root().resolve("tmp/reserve");

        store.keepReserve();
        assertThat(reserve).doesNotExist();
        free[0] = 2L * Reserve.SIZE;
        store.keepReserve();
        assertThat(reserve).as("too little space").doesNotExist();
        free[0] = 1L << 30;
        store.keepReserve();
        assertThat(reserve).hasSize(Reserve.SIZE);
        store.keepReserve();
        List<ObjectInfo> objects = new ArrayList<>();
        for (ObjectKind kind : ObjectKind.values()) {
            store.list(kind, objects::add);
        }
        assertThat(objects).isEmpty();
        store.releaseReserve();
        assertThat(reserve).doesNotExist();
        store.releaseReserve();
        store.close();
    }

    @Test
    void packsThatArePutWhileTheDiskFillsMakeTheReserve() {
        LocalStore store = new LocalStore(withFreeSpace(() -> 1L << 30), "file");
        store.create();
        for (int i = 0; i < 16; i++) {
            put(store, new ObjectName(ObjectKind.PACK, HEX.replaceFirst("0a", "%02x".formatted(i))));
        }
        assertThat(root().resolve("tmp/reserve")).hasSize(Reserve.SIZE);
        store.close();
    }

    private DurableFiles withFreeSpace(java.util.function.LongSupplier free) {
        FileSystem system = FileSystem.local();
        byte[] path = root().toString().getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(root());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        DurableFiles files = new PosixFiles(system, path, system.open(path));
        return (DurableFiles) Proxy.newProxyInstance(
                DurableFiles.class.getClassLoader(), new Class<?>[] {DurableFiles.class}, (_, method, arguments) -> {
                    if (method.getName().equals("freeSpace")) {
                        return free.getAsLong();
                    }
                    try {
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
