package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.StoreException;
import obnam.store.http.HttpsStoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server dies in the middle of its work, and what it acknowledged is there.
@Timeout(600)
class ServerKillTest {

    private static final int ROUNDS = 6;
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    private final Map<ObjectName, Long> acknowledged = new ConcurrentHashMap<>();

    private static byte[] content(long seed) {
        Random random = new Random(seed);
        byte[] content = new byte[random.nextInt(600_000)];
        random.nextBytes(content);
        return content;
    }

    private static ObjectName name(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new ObjectName(ObjectKind.PACK, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerThatIsKilledDuringUploadsHasAllThatItAcknowledged() throws Exception {
        try (ServerProcess server = new ServerProcess(folder.resolve("server"))) {
            StoreAccess access = access(server);
            Random random = new Random(20_261_123);
            for (int round = 0; round < ROUNDS; round++) {
                server.start();
                try (ChunkStore store =
                        new HttpsStoreProvider().open(server.location("r"), ChunkStore.OpenMode.CREATE, access)) {
                    int before = acknowledged.size();
                    uploadAndKill(server, store, round, 1 + random.nextInt(40));
                    assertThat(acknowledged).hasSizeGreaterThan(before);
                }
                server.start();
                try (ChunkStore store =
                        new HttpsStoreProvider().open(server.location("r"), ChunkStore.OpenMode.EXISTING, access)) {
                    assertAllThere(store);
                }
                server.kill();
            }
            assertThat(server.run("scrub")).contains(" 0 damaged");
            System.out.println("server killed " + ROUNDS + " times: all of " + acknowledged.size()
                    + " acknowledged objects there");
        }
    }

    private static StoreAccess access(ServerProcess server) throws IOException, InterruptedException {
        String token = server.run("account", "add", "alice").strip();
        return StoreAccess.NONE
                .with(StoreAccess.TOKEN, token)
                .with(StoreAccess.CERTIFICATES, server.certificate().toString());
    }

    /// Puts objects in several threads, and kills the server when so many are acknowledged.
    private void uploadAndKill(ServerProcess server, ChunkStore store, int round, int puts) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Semaphore done = new Semaphore(0);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Future<?>[] futures = new Future<?>[THREADS];
            for (int i = 0; i < THREADS; i++) {
                long first = (round * THREADS + i) * 1_000_000L;
                futures[i] = threads.submit(() -> upload(store, first, over, done));
            }
            done.acquire(puts);
            server.kill();
            over.set(true);
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    private void upload(ChunkStore store, long first, AtomicBoolean over, Semaphore done) {
        for (long seed = first; !over.get(); seed++) {
            byte[] content = content(seed);
            try {
                store.put(name(content), ByteBuffer.wrap(content));
                acknowledged.put(name(content), seed);
                done.release();
            } catch (StoreException e) {
                assertThat(e.worthRetrying()).as("%s", e).isTrue();
            }
        }
    }

    private void assertAllThere(ChunkStore store) {
        Map<ObjectName, Long> listed = new ConcurrentHashMap<>();
        store.list(ObjectKind.PACK, object -> listed.put(object.name(), object.size()));
        acknowledged.forEach((name, seed) -> {
            assertThat(listed).containsKey(name);
            assertThat(store.get(name, 600_000)).isEqualTo(content(seed));
        });
        // What was not acknowledged may be there, too, but whole.
        listed.forEach(
                (name, size) -> assertThat(name(store.get(name, 600_000))).isEqualTo(name));
    }

    @Test
    void aBackupGoesOnWhenTheServerIsKilledAndComesBack() throws Exception {
        try (ServerProcess server = new ServerProcess(folder.resolve("server"))) {
            User user = new User(Files.createDirectories(folder.resolve("home")));
            user.environment.put("OBNAM_PASSPHRASE", "only for this test");
            user.environment.put(
                    "OBNAM_TOKEN", server.run("account", "add", "alice").strip());
            Path live = Files.createDirectories(folder.resolve("live"));
            Random random = new Random(1);
            for (int i = 0; i < 30; i++) {
                byte[] bytes = new byte[4 << 20];
                random.nextBytes(bytes);
                Files.write(live.resolve("file" + i), bytes);
            }
            server.start();
            String location = "https:" + server.location("backup");
            User.Ended made = user.run(
                    "init",
                    "-r",
                    location,
                    "--ca-cert",
                    server.certificate().toString(),
                    "--kdf",
                    "pbkdf2-hmac-sha-512");
            assertThat(made.code()).as(made.toString()).isZero();

            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<User.Ended> backup = threads.submit(() -> user.run("backup", "-r", location, live.toString()));
                Path data = folder.resolve("server/objects");
                while (!backup.isDone() && packs(data) < 2) {
                    Thread.onSpinWait();
                }
                server.kill();
                server.start();
                assertThat(backup.get().code()).as(backup.get().toString()).isIn(0, 13);
            }
            User.Ended again = user.run("backup", "-r", location, live.toString());
            assertThat(again.code()).as(again.toString()).isZero();
            User.Ended checked = user.run("check", "--read-data", "-r", location);
            assertThat(checked.code()).as(checked.toString()).isZero();
            Path target = folder.resolve("restored");
            User.Ended restored = user.run("restore", "-r", location, "latest:" + live, "--target", target.toString());
            assertThat(restored.code()).as(restored.toString()).isZero();
            for (int i = 0; i < 30; i++) {
                assertThat(Files.mismatch(live.resolve("file" + i), target.resolve("file" + i)))
                        .isEqualTo(-1);
            }
            assertThat(server.terminate()).isIn(0, 143);
        }
    }

    private static long packs(Path objects) throws IOException {
        if (!Files.isDirectory(objects)) {
            return 0;
        }
        try (var files = Files.walk(objects)) {
            return files.filter(file -> file.getFileName().toString().length() == 64)
                    .count();
        } catch (java.io.UncheckedIOException _) { // something went away meanwhile
            return 0;
        }
    }
}
