package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.api.StoreException;
import obnam.server.account.Account.Rules;
import obnam.server.account.Right;
import obnam.server.account.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a token may not do, and what the rules of an account forbid to every token.
class RightsTest {

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private TestServer server;
    private Token owner;
    private List<ObjectName> names = List.of();

    @BeforeEach
    void start() {
        TestServer.Setup setup = new TestServer.Setup();
        setup.clock = now::get;
        server = new TestServer(folder, setup);
        owner = server.account("alice", Rules.NONE, TestServer.ALL);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A repository with an object of each kind.
    private void fill() {
        try (ChunkStore store = server.open("r", owner, OpenMode.CREATE)) {
            names = new ArrayList<>();
            for (ObjectKind kind : ObjectKind.values()) {
                byte[] content = Objects.content(7, 1000);
                ObjectName name = Objects.name(kind, content);
                store.put(name, ByteBuffer.wrap(content));
                names.add(name);
            }
        }
    }

    private void assertAllThere() {
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            for (ObjectName name : names) {
                if (name.kind() != ObjectKind.NOTICE) {
                    assertThat(store.get(name, 2000)).as("%s", name).isEqualTo(Objects.content(7, 1000));
                }
            }
        }
    }

    @Test
    void aTokenForAddingHarmsNothingThatIsThere() {
        fill();
        Token stolen = server.token("alice", Set.of(Right.READ, Right.ADD));
        int calls = 0;
        try (ChunkStore store = server.open("r", stolen, OpenMode.EXISTING)) {
            for (ObjectName name : names) {
                if (name.kind() != ObjectKind.NOTICE) {
                    assertThatThrownBy(() -> store.delete(name)).as("%s", name).isInstanceOf(StoreException.class);
                    for (int length : new int[] {0, 999, 1000, 1001}) {
                        byte[] other = Objects.content(8, length);
                        assertThatThrownBy(() -> store.put(name, ByteBuffer.wrap(other)))
                                .as("%s, %d bytes", name, length)
                                .isInstanceOf(ObnamException.class);
                        calls++;
                    }
                }
            }
        }
        String location = "Bearer " + stolen.text();
        for (String target : List.of("/r/", "/r/?create=true", "/r/data/", "/r/?undelete", "/r/config?x")) {
            for (String verb : List.of("DELETE", "PUT", "PATCH", "POST")) {
                assertThat(send(verb, target, location))
                        .as("%s %s", verb, target)
                        .isBetween(200, 501);
                calls++;
            }
        }
        assertAllThere();
        System.out.println("stolen token for adding: " + calls + " calls, nothing altered or removed");
    }

    private int send(String verb, String target, String authorization) {
        try {
            return Client.send(server.port(), verb, target, authorization, new byte[0])
                    .status();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTokenForAddingMayTakeAwayNotices() {
        fill();
        Token token = server.token("alice", Set.of(Right.READ, Right.ADD));
        ObjectName notice = names.stream()
                .filter(name -> name.kind() == ObjectKind.NOTICE)
                .findFirst()
                .orElseThrow();
        try (ChunkStore store = server.open("r", token, OpenMode.EXISTING)) {
            store.delete(notice);
            assertThat(store.size(notice)).isEmpty();
        }
    }

    @Test
    void aTokenForReadingCannotAdd() {
        fill();
        Token token = server.token("alice", Set.of(Right.READ));
        byte[] content = Objects.content(9, 100_000);
        try (ChunkStore store = server.open("r", token, OpenMode.EXISTING)) {
            assertThatThrownBy(() -> store.put(Objects.name(ObjectKind.PACK, content), ByteBuffer.wrap(content)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("lacks the right add");
        }
        assertThatThrownBy(() -> server.open("new", token, OpenMode.CREATE)).isInstanceOf(StoreException.class);
    }

    @Test
    void aTokenWithoutTheRightToReadReadsNothing() {
        fill();
        Token token = server.token("alice", Set.of(Right.ADD));
        try (ChunkStore store = server.open("r", token, OpenMode.EXISTING)) {
            for (ObjectName name : names) {
                assertThatThrownBy(() -> store.get(name, 2000)).isInstanceOf(StoreException.class);
                assertThatThrownBy(() -> store.size(name)).isInstanceOf(StoreException.class);
            }
            assertThatThrownBy(() -> store.list(ObjectKind.PACK, _ -> {})).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        fill();
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            server.accounts.updateAndGet(old -> old.without("alice"));
            assertThatThrownBy(() -> store.size(ObjectName.CONFIG))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not know this token");
        }
    }

    @Test
    void anAppendOnlyRepositoryLosesNothingToAnyToken() {
        fill();
        server.rules("alice", new Rules(OptionalLong.empty(), true, Duration.ZERO, Duration.ZERO));
        deleteAllIsRefused();
        assertAllThere();
    }

    private void deleteAllIsRefused() {
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            for (ObjectName name : names) {
                if (name.kind() != ObjectKind.NOTICE) {
                    assertThatThrownBy(() -> store.delete(name)).as("%s", name).isInstanceOf(StoreException.class);
                }
            }
        }
    }

    @Test
    void aLockedObjectIsKeptUntilItsTimeIsOver() {
        server.rules("alice", new Rules(OptionalLong.empty(), false, Duration.ofDays(30), Duration.ZERO));
        fill();
        deleteAllIsRefused();
        now.updateAndGet(time -> time.plus(Duration.ofDays(30)).minusSeconds(1));
        deleteAllIsRefused();
        now.updateAndGet(time -> time.plusSeconds(1));
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            names.forEach(store::delete);
            assertThat(Arrays.stream(ObjectKind.values())
                            .mapToInt(kind -> count(store, kind))
                            .sum())
                    .isZero();
        }
    }

    private static int count(ChunkStore store, ObjectKind kind) {
        int[] count = {0};
        store.list(kind, _ -> count[0]++);
        return count[0];
    }

    @Test
    void aSecondPutDoesNotChangeWhenAnObjectWasPut() {
        server.rules("alice", new Rules(OptionalLong.empty(), false, Duration.ofDays(30), Duration.ZERO));
        fill();
        now.updateAndGet(time -> time.plus(Duration.ofDays(20)));
        fill();
        now.updateAndGet(time -> time.plus(Duration.ofDays(10)));
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            names.forEach(store::delete);
        }
    }

    @Test
    void aDeletedObjectIsHiddenAndCanBeBroughtBackUntilItsTimeIsOver() throws Exception {
        server.rules("alice", new Rules(OptionalLong.empty(), false, Duration.ZERO, Duration.ofDays(7)));
        fill();
        String before = now.get().toString();
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            ObjectName pack = Objects.name(ObjectKind.PACK, Objects.content(7, 1000));
            store.delete(pack);
            assertThat(store.size(pack)).isEmpty();
            assertThat(count(store, ObjectKind.PACK)).isZero();
            assertThat(undelete(before)).contains("\"objects\":1");
            assertThat(store.get(pack, 1000)).isEqualTo(Objects.content(7, 1000));

            store.delete(pack);
            store.put(pack, ByteBuffer.wrap(Objects.content(7, 1000)));
            assertThat(store.get(pack, 1000)).isEqualTo(Objects.content(7, 1000));

            store.delete(pack);
            now.updateAndGet(time -> time.plus(Duration.ofDays(7)));
            assertThat(removeExpired()).isEqualTo(1);
            assertThat(undelete(before)).contains("\"objects\":0");
            assertThat(store.size(pack)).isEmpty();
        }
    }

    private String undelete(String since) throws Exception {
        try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("POST /r/?undelete HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
                                    + "Obnam-Since: " + since + "\r\nAuthorization: Bearer " + owner.text()
                                    + "\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Client.read(socket.getInputStream(), false).text();
        }
    }

    private int removeExpired() {
        try (var lease = server.repositories()
                .find(server.accounts.get().find("alice").orElseThrow(), "r")
                .orElseThrow()) {
            return lease.repository().removeExpired(Duration.ofDays(7));
        }
    }

    @Test
    void whatWasDeletedAndLockedIsKnownAfterARestart() {
        server.rules("alice", new Rules(OptionalLong.empty(), false, Duration.ofDays(30), Duration.ofDays(7)));
        fill();
        var accounts = server.accounts.get();
        server.close();
        now.updateAndGet(time -> time.plus(Duration.ofDays(29)));
        TestServer.Setup setup = new TestServer.Setup();
        setup.clock = now::get;
        server = new TestServer(folder, setup);
        server.accounts.set(accounts);
        deleteAllIsRefused();
        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            names.forEach(store::delete);
        }
        server.close();
        server = new TestServer(folder, setup);
        server.accounts.set(accounts);
        try (ChunkStore store = server.open("r", owner, OpenMode.EXISTING)) {
            assertThat(store.size(ObjectName.CONFIG)).isEmpty();
            assertThat(count(store, ObjectKind.PACK)).isZero();
        }
    }

    @Test
    void theQuotaCountsWhatIsThereAndWhatIsOnItsWay() {
        server.rules("alice", new Rules(OptionalLong.of(250_000), false, Duration.ZERO, Duration.ZERO));
        try (ChunkStore store = server.open("q", owner, OpenMode.CREATE)) {
            for (int i = 0; i < 2; i++) {
                byte[] content = Objects.content(i, 100_000);
                store.put(Objects.name(ObjectKind.PACK, content), ByteBuffer.wrap(content));
            }
            byte[] third = Objects.content(3, 100_000);
            assertThatThrownBy(() -> store.put(Objects.name(ObjectKind.PACK, third), ByteBuffer.wrap(third)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("507")
                    .satisfies(e ->
                            assertThat(((StoreException) e).worthRetrying()).isFalse());
            assertThat(count(store, ObjectKind.PACK)).isEqualTo(2);
            byte[] first = Objects.content(0, 100_000);
            store.delete(Objects.name(ObjectKind.PACK, first));
            store.put(Objects.name(ObjectKind.PACK, third), ByteBuffer.wrap(third));
        }
    }

    @Test
    void aRepositoryIsMadeOnlyWhenItIsAskedFor() {
        assertThatThrownBy(() -> server.open("none", owner, OpenMode.EXISTING))
                .isInstanceOf(NoRepositoryException.class);
        server.open("none", owner, OpenMode.CREATE).close();
        server.open("none", owner, OpenMode.EXISTING).close();
    }
}
