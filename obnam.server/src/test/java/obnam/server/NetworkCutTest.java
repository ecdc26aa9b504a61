package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.StoreException;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.store.http.HttpStoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A connection that breaks after any byte, in either direction: the call fails as worth repeating, or has
/// succeeded; repeated, it succeeds; and there is never anything but the whole object.
@Timeout(300)
class NetworkCutTest {

    private static final int LENGTH = 3000;

    @TempDir
    Path folder;

    @Test
    void aConnectionMayBreakAfterAnyByte() throws Exception {
        try (TestServer server = new TestServer(folder);
                CuttingProxy proxy = new CuttingProxy(server.port())) {
            Token token = server.account("alice", Rules.NONE, TestServer.ALL);
            StoreAccess access = StoreAccess.NONE.with(StoreAccess.TOKEN, token.text());
            HttpStoreProvider provider = new HttpStoreProvider();
            try (ChunkStore direct = server.open("r", token, OpenMode.CREATE);
                    ChunkStore cut = provider.open("//127.0.0.1:" + proxy.port() + "/r", OpenMode.EXISTING, access)) {
                exchange(cut, 0);
                proxy.cutAfter(Long.MAX_VALUE, Long.MAX_VALUE);
                exchange(cut, 1);
                long up = proxy.passedUp();
                long down = proxy.passedDown();
                assertThat(up + down).isGreaterThanOrEqualTo(6000);
                int failed = 0;
                for (long k = 0; k < up + down; k += step(k)) {
                    proxy.cutAfter(k < up ? k : Long.MAX_VALUE, k < up ? Long.MAX_VALUE : k - up);
                    failed += failures(cut, 2 + k);
                    proxy.cutAfter(Long.MAX_VALUE, Long.MAX_VALUE);
                    exchange(cut, 2 + k);
                    assertThat(direct.get(name(2 + k), LENGTH)).isEqualTo(Objects.content(2 + k, LENGTH));
                }
                System.out.println("cut connections: exchange of " + (up + down) + " bytes, " + failed
                        + " calls failed and were repeated, no damage");
                assertThat(failed).isPositive();
            }
        }
    }

    /// Every byte of what HTTP itself says, every seventh of content.
    private static long step(long k) {
        return k % 3500 < 600 ? 1 : 7;
    }

    private static ObjectName name(long seed) {
        return Objects.name(ObjectKind.PACK, Objects.content(seed, LENGTH));
    }

    private static void exchange(ChunkStore store, long seed) {
        byte[] content = Objects.content(seed, LENGTH);
        repeated(() -> store.put(name(seed), ByteBuffer.wrap(content)));
        repeated(() -> assertThat(store.get(name(seed), LENGTH)).isEqualTo(content));
    }

    /// A kept connection that was cut before is found out by the next call.
    private static void repeated(Runnable call) {
        for (int i = 0; ; i++) {
            try {
                call.run();
                return;
            } catch (StoreException e) {
                assertThat(e.worthRetrying()).as("%s", e).isTrue();
                assertThat(i).isLessThan(5);
            }
        }
    }

    private static int failures(ChunkStore store, long seed) {
        byte[] content = Objects.content(seed, LENGTH);
        try {
            store.put(name(seed), ByteBuffer.wrap(content));
            assertThat(store.get(name(seed), LENGTH)).isEqualTo(content);
            return 0;
        } catch (StoreException e) {
            assertThat(e.worthRetrying()).as("%s", e).isTrue();
            return 1;
        } catch (obnam.api.MissingObjectException e) {
            throw new AssertionError("acknowledged and not there", e);
        }
    }
}
