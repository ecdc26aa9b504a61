package obnam.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.server.Objects;
import obnam.server.TestServer;
import obnam.server.account.Account;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.server.repository.ScrubState;
import obnam.server.repository.Storage;
import obnam.store.local.LocalStoreProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final List<ObjectKind> KINDS =
            List.of(ObjectKind.PACK, ObjectKind.INDEX, ObjectKind.KEY, ObjectKind.SNAPSHOT, ObjectKind.NOTICE);

    @TempDir
    Path folder;

    private TestServer server;
    private Token token;
    private final List<ObjectName> names = new ArrayList<>();

    @BeforeEach
    void fill() {
        server = new TestServer(folder);
        token = server.account("alice", Rules.NONE, TestServer.ALL);
        try (ChunkStore store = server.open("r", token, ChunkStore.OpenMode.CREATE)) {
            for (int i = 0; i < 60; i++) {
                byte[] content = Objects.content(i, 1000 * i);
                ObjectKind kind = KINDS.get(i % KINDS.size());
                ObjectName name = Objects.name(kind, content);
                store.put(name, ByteBuffer.wrap(content));
                names.add(name);
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Account account() {
        return server.accounts.get().find("alice").orElseThrow();
    }

    private Scrub scrub(Optional<Storage> second, BooleanSupplier stopped) {
        AuditLog audit = new AuditLog(folder.resolve("audit.log"), () -> NOW);
        return new Scrub(server.repositories(), second, () -> NOW, audit, _ -> {}, stopped);
    }

    private Path file(ObjectName name) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
            return all.filter(file -> file.endsWith(name.hex())).findFirst().orElseThrow();
        }
    }

    private void damage(ObjectName name) throws IOException {
        byte[] content = Files.readAllBytes(file(name));
        content[content.length / 2] ^= 1;
        Files.write(file(name), content);
    }

    @Test
    void goodObjectsAreFoundGood() {
        ScrubState state = scrub(Optional.empty(), () -> false).run(account(), "r");
        assertThat(state.verified()).isEqualTo(60);
        assertThat(state.lastDamaged()).isEmpty();
        assertThat(state.finished()).isEqualTo(NOW.toString());
        assertThat(ScrubState.of(server.repositories(), account(), "r")).isEqualTo(state);
    }

    @Test
    void damagedObjectsAreNamedAndInTheAuditLog() throws IOException {
        damage(names.get(7));
        damage(names.get(31));
        Files.write(file(names.get(50)), new byte[0]);
        ScrubState state = scrub(Optional.empty(), () -> false).run(account(), "r");
        assertThat(state.lastDamaged())
                .containsExactlyInAnyOrder(
                        names.get(7).toString(),
                        names.get(31).toString(),
                        names.get(50).toString());
        assertThat(state.verified()).isEqualTo(57);
        assertThat(Files.readString(folder.resolve("audit.log")))
                .contains(names.get(7).toString());
    }

    @Test
    void aRoundGoesOnWhereItWasStopped() throws IOException {
        damage(names.get(7));
        int[] asked = {0};
        ScrubState state = ScrubState.NONE;
        int stops = 0;
        while (state.finished().isEmpty()) {
            asked[0] = 0;
            long before = state.checked();
            state = scrub(Optional.empty(), () -> asked[0]++ > 8).run(account(), "r");
            assertThat(state.checked() > before || !state.finished().isEmpty()).isTrue();
            stops++;
        }
        assertThat(stops).isGreaterThan(5);
        assertThat(state.verified()).isEqualTo(59);
        assertThat(state.lastDamaged()).containsExactly(names.get(7).toString());
    }

    @Test
    void aGoodCopyInASecondStoreTakesThePlaceOfADamagedObject() throws IOException {
        LocalStoreProvider local = new LocalStoreProvider();
        Storage second = Storage.of(folder.resolve("second").toString(), _ -> local, StoreAccess.NONE);
        String place = folder.resolve("second/" + account().id() + "/r").toString();
        byte[] content = Objects.content(30, 30_000);
        try (ChunkStore copy = local.open(place, ChunkStore.OpenMode.CREATE)) {
            copy.put(names.get(30), ByteBuffer.wrap(content));
            copy.put(names.get(7), ByteBuffer.wrap(new byte[7000])); // damaged there, too
        }
        damage(names.get(30));
        damage(names.get(7));

        ScrubState state = scrub(Optional.of(second), () -> false).run(account(), "r");
        assertThat(state.lastDamaged()).containsExactly(names.get(7).toString());
        try (ChunkStore store = server.open("r", token, ChunkStore.OpenMode.EXISTING)) {
            assertThat(store.get(names.get(30), 30_000)).isEqualTo(content);
        }
    }

    @Test
    void theStatusPageTellsWhatWasFound() throws IOException {
        damage(names.get(7));
        scrub(Optional.empty(), () -> false).run(account(), "r");
        UsageHistory history = new UsageHistory(folder.resolve("history"));
        for (int i = 0; i < 5; i++) {
            history.add(List.of(new UsageHistory.Sample(NOW.plusSeconds(3600L * i), "alice", 1000L * i)));
        }
        Files.writeString(folder.resolve("history"), "not a sample\n", java.nio.file.StandardOpenOption.APPEND);
        LastBackups backups = new LastBackups();
        backups.put(server.accounts.get().authenticate(token).orElseThrow(), NOW.minusSeconds(7200));
        String page = new StatusPage(server.accounts::get, server.repositories(), history, backups, () -> NOW).get();
        assertThat(page).contains("alice", "1 damaged", "2 h ago", "<polyline", "0.0,240.0 ", "900.0,0.0 ");
        assertThat(page).doesNotContain("http://", "https://", "<script", "src=");
    }

    @Test
    void everyHourASampleIsTakenAndExpiredObjectsAreRemoved() {
        UsageHistory history = new UsageHistory(folder.resolve("history"));
        Instant[] now = {NOW};
        var clock =
                obnam.server.repository.SteadyClock.open(folder.resolve("clock"), () -> NOW, System::nanoTime, false);
        try (Upkeep upkeep = new Upkeep(server.accounts::get, server.repositories(), clock, () -> now[0], history)) {
            upkeep.minute();
            upkeep.minute();
            assertThat(history.samples()).hasSize(1);
            now[0] = NOW.plusSeconds(3601);
            upkeep.minute();
            assertThat(history.samples())
                    .hasSize(2)
                    .allSatisfy(sample -> assertThat(sample.bytes()).isEqualTo(1000L * 59 * 60 / 2));
        }
    }
}
