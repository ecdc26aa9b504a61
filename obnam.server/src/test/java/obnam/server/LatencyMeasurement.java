package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.server.settings.SelfSigned;
import obnam.server.settings.TlsFiles;
import obnam.store.http.HttpsStoreProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many packs must be on their way at once to hide a long line. Run by hand: -Pmeasurements
/// -Dtest=LatencyMeasurement
@Tag("measurement")
class LatencyMeasurement {

    private static final int PACKS = 48;
    private static final int LENGTH = 16 << 20;
    private static final int[] DELAYS = {0, 50};
    private static final int[] PARALLEL = {1, 2, 4, 6, 8};

    @TempDir
    Path folder;

    private record Pack(ObjectName name, byte[] content) {}

    @Test
    void printsHowFastPacksArePut() throws Exception {
        TlsFiles files = new TlsFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        SelfSigned.make(files, List.of("localhost"));
        TestServer.Setup setup = new TestServer.Setup();
        setup.tls = Optional.of(files.context());
        try (TestServer server = new TestServer(folder, setup)) {
            Token token = server.account("alice", Rules.NONE, TestServer.ALL);
            StoreAccess access =
                    StoreAccess.NONE.with(StoreAccess.TOKEN, token.text()).with(StoreAccess.PIN, files.fingerprint());
            long seed = 0;
            for (int warm = 0; warm < 2; warm++) {
                for (int delay : DELAYS) {
                    for (int parallel : PARALLEL) {
                        try (DelayingProxy proxy = new DelayingProxy(server.port(), delay);
                                ChunkStore store = new HttpsStoreProvider()
                                        .open("//localhost:" + proxy.port() + "/r" + seed, OpenMode.CREATE, access)) {
                            double rate = rate(store, parallel, seed);
                            seed += PACKS;
                            System.out.printf(
                                    "%s: %d ms each way, %d at once: %.0f MB/s%n",
                                    warm == 0 ? "warming up" : "measured", delay, parallel, rate);
                            assertThat(rate).isPositive();
                        }
                    }
                }
            }
        }
    }

    private static double rate(ChunkStore store, int parallel, long seed) throws Exception {
        List<Pack> packs = new ArrayList<>();
        for (int i = 0; i < PACKS; i++) {
            byte[] content = Objects.content(seed + i, LENGTH);
            packs.add(new Pack(Objects.name(ObjectKind.PACK, content), content));
        }
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<?>> futures = new ArrayList<>();
            for (Pack pack : packs) {
                futures.add(threads.submit(() -> store.put(pack.name(), ByteBuffer.wrap(pack.content()))));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        return (double) PACKS * LENGTH / 1e6 / ((System.nanoTime() - begun) / 1e9);
    }
}
