package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thousand tenants, of whom a hundred are there at once.
@Timeout(300)
class ManyClientsTest {

    private static final int TENANTS = 1000;
    private static final int CLIENTS = 100;
    private static final int OBJECTS = 4;
    private static final int LENGTH = 100_000;

    @TempDir
    Path folder;

    @Test
    void aHundredClientsOfAThousandTenantsAreServedWithoutAnError() throws Exception {
        try (TestServer server = new TestServer(folder);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Token> tokens = new ArrayList<>();
            for (int i = 0; i < TENANTS; i++) {
                tokens.add(server.account("tenant-" + i, Rules.NONE, TestServer.ALL));
            }
            long one = System.nanoTime();
            for (int i = 0; i < CLIENTS; i++) {
                visit(server, tokens.get(i), i);
            }
            long all = System.nanoTime();
            List<Future<?>> futures = new ArrayList<>();
            for (int i = CLIENTS; i < TENANTS; i++) {
                int tenant = i;
                futures.add(threads.submit(() -> visit(server, tokens.get(tenant), tenant)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            long end = System.nanoTime();
            System.out.printf(
                    "many clients: %.0f visits a second of one client, %.0f of %d at once; %d tenants, no error%n",
                    CLIENTS / ((all - one) / 1e9), (TENANTS - CLIENTS) / ((end - all) / 1e9), CLIENTS, TENANTS);
        }
    }

    private static void visit(TestServer server, Token token, int tenant) {
        try (ChunkStore store = server.open("r", token, OpenMode.CREATE)) {
            for (int i = 0; i < OBJECTS; i++) {
                byte[] content = Objects.content(1000L * tenant + i, LENGTH);
                ObjectName name = Objects.name(ObjectKind.PACK, content);
                store.put(name, ByteBuffer.wrap(content));
                assertThat(store.get(name, LENGTH)).isEqualTo(content);
            }
            int[] count = {0};
            store.list(ObjectKind.PACK, _ -> count[0]++);
            assertThat(count[0]).isEqualTo(OBJECTS);
        }
    }
}
