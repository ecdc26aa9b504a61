package obnam.store.http;

import static obnam.store.http.ScriptedServer.answer;
import static obnam.store.http.ScriptedServer.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.DamageException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.api.StoreException;
import obnam.api.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever a server sends, the client takes bounded memory, ends, and fails with an error of ours.
@Timeout(60)
class HostileServerTest {

    private static final ObjectName NAME = new ObjectName(ObjectKind.PACK, "a".repeat(64));
    private static final String JSON = "Content-Type: application/vnd.x.restic.rest.v2\r\n";
    private static final String GREETING = "Content-Type: application/vnd.obnam.v1+json\r\n";

    /// Opens a repository that seems to be there, on a server that answers as the script says.
    private static void with(Function<String, byte[]> script, Consumer<ChunkStore> test) {
        Function<String, byte[]> whole = line -> line.startsWith("GET /r/ ")
                ? answer(404, "", "")
                : line.startsWith("HEAD /r/config ")
                        ? raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
                        : script.apply(line);
        try (ScriptedServer server = new ScriptedServer(whole);
                ChunkStore store = new HttpStoreProvider().open(server.location(), OpenMode.EXISTING)) {
            test.accept(store);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noAnswerLeadsToAnythingButAnErrorOfOurs() {
        List<byte[]> answers = List.of(
                raw(""),
                raw("\r\n\r\n"),
                raw("HTTP/1.1 200"),
                raw("SSH-2.0-OpenSSH_9.2\r\n"),
                raw("HTTP/1.1 999 ?\r\n\r\n"),
                raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
                raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"),
                raw("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\nabc"),
                raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc"),
                raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
                raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(2_000_000) + "\r\n\r\n"),
                raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(300_000) + "\r\n"),
                raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)),
                raw("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
                raw("HTTP/1.1 204 No Content\r\n\r\n"),
                answer(206, "Content-Range: bytes 5-9/10\r\n", "abcde"),
                answer(206, "Content-Range: nonsense\r\n", "abcde"),
                answer(206, "", "abcde"),
                answer(500, "Content-Type: text/plain\r\n", "\u001b[2J" + "x".repeat(5_000_000)),
                answer(429, "Retry-After: 99999999999999999999\r\n", ""),
                answer(503, "Retry-After: yesterday\r\n", ""),
                answer(401, "WWW-Authenticate: Basic\r\n", ""),
                answer(403, "", ""),
                answer(507, "", ""));
        for (byte[] answer : answers) {
            with(_ -> answer, store -> {
                List<Runnable> calls = List.of(
                        () -> store.getRange(NAME, 1, 5, new byte[5], 0),
                        () -> store.get(NAME, 2),
                        () -> store.list(ObjectKind.PACK, _ -> {}));
                for (Runnable call : calls) {
                    assertFailsOurWayOrNot(call);
                }
                assertThatThrownBy(() -> store.getRange(NAME, 1, 5, new byte[5], 0))
                        .isInstanceOf(ObnamException.class)
                        .extracting(Throwable::getMessage)
                        .asString()
                        .doesNotContain("\u001b")
                        .hasSizeLessThan(1000);
            });
        }
    }

    private static void assertFailsOurWayOrNot(Runnable call) {
        try {
            call.run();
        } catch (ObnamException _) { // as it should be
        }
    }

    @Test
    void anObjectThatNeverEndsIsCutAtTheLimit() {
        StringBuilder chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 200; i++) {
            chunks.append("10000\r\n").append("x".repeat(65_536)).append("\r\n");
        }
        with(
                _ -> raw(chunks.toString()),
                store -> assertThatThrownBy(() -> store.get(NAME, 1000)).isInstanceOf(DamageException.class));
    }

    @Test
    void listingsOfNonsenseTellOfNoObjectAndEnd() {
        for (String listing : List.of(
                "{}",
                "null",
                "[]",
                "[1, true, null, [], {}, {\"name\": 3}, {\"size\": 3}, \"..\", {\"name\": \"../../etc\", \"size\": 1}]",
                "[{\"name\": \"" + "A".repeat(64) + "\", \"size\": 1}]",
                "[".repeat(100_000),
                "[{\"name\": \"" + "x".repeat(1_000_000) + "\"}]",
                "[{\"" + "x".repeat(1_000_000) + "\": 1}]",
                "[{\"size\": 1e999999999}]",
                "[{\"size\": " + "9".repeat(100_000) + "}]",
                "<html>",
                "[{\"name\": \"a",
                "\u0000\u0000")) {
            List<ObjectInfo> told = new ArrayList<>();
            with(
                    line -> line.startsWith("HEAD") ? answer(404, "", "") : answer(200, JSON, listing),
                    store -> assertFailsOurWayOrNot(() -> store.list(ObjectKind.PACK, told::add)));
            assertThat(told).as("%.60s", listing).isEmpty();
        }
    }

    @Test
    void sizesInListingsMayBeWrongButNotNegative() {
        String name = "\"name\": \"" + NAME.hex() + "\"";
        List<ObjectInfo> told = new ArrayList<>();
        with(
                line -> line.startsWith("HEAD")
                        ? answer(404, "", "")
                        : answer(
                                200,
                                JSON,
                                "[{" + name + ", \"size\": -5}, {" + name + ", \"size\": 7, \"more\": {\"size\": 9}}, {"
                                        + name + ", \"size\": \"8\"}]"),
                store -> store.list(ObjectKind.PACK, told::add));
        assertThat(told).containsExactly(new ObjectInfo(NAME, 7));
    }

    @Test
    void aListingWithoutSizesIsCompletedByAsking() {
        List<ObjectInfo> told = new ArrayList<>();
        with(
                line -> line.startsWith("HEAD")
                        ? raw("HTTP/1.1 200 OK\r\nContent-Length: 123\r\n\r\n")
                        : answer(200, "", "[\"" + NAME.hex() + "\", \"x\"]"),
                store -> store.list(ObjectKind.PACK, told::add));
        assertThat(told).containsExactly(new ObjectInfo(NAME, 123));
    }

    @Test
    void aListingThatIsCutIsWorthRepeating() {
        for (String cut : List.of("", "[", "[{\"name\": \"" + NAME.hex() + "\", \"size\": 1}", "[\"")) {
            with(
                    _ -> raw("HTTP/1.1 200 OK\r\n\r\n" + cut),
                    store -> assertThatThrownBy(() -> store.list(ObjectKind.PACK, _ -> {}))
                            .as(cut)
                            .isInstanceOfSatisfying(
                                    StoreException.class,
                                    e -> assertThat(e.worthRetrying()).isTrue()));
        }
    }

    @Test
    void whatExistsIsToldByItsSizeWhereAServerAnswers403() {
        Function<String, byte[]> exists = line ->
                line.startsWith("HEAD") ? raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n") : answer(403, "", "");
        with(exists, store -> {
            store.put(NAME, ByteBuffer.wrap(new byte[3]));
            assertThatThrownBy(() -> store.put(NAME, ByteBuffer.wrap(new byte[4])))
                    .isInstanceOf(ObjectExistsException.class);
        });
        with(
                line -> line.startsWith("HEAD") ? answer(404, "", "") : answer(403, "", ""),
                store -> assertThatThrownBy(() -> store.put(NAME, ByteBuffer.wrap(new byte[3])))
                        .isInstanceOf(StoreException.class));
    }

    @Test
    void anotherConfigIsNotOverwrittenOnAServerThatWould() {
        with(
                line -> line.startsWith("GET /r/config") ? answer(200, "", "other") : answer(500, "", ""),
                store -> assertThatThrownBy(() -> store.put(
                                ObjectName.CONFIG,
                                ByteBuffer.wrap("mine!".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                        .isInstanceOf(ObjectExistsException.class));
    }

    @Test
    void aServerMaySendTheWholeObjectForARange() {
        with(_ -> answer(200, "", "0123456789"), store -> {
            byte[] target = new byte[4];
            store.getRange(NAME, 3, 4, target, 0);
            assertThat(target).asString().isEqualTo("3456");
            assertThatThrownBy(() -> store.getRange(NAME, 8, 4, target, 0)).isInstanceOf(DamageException.class);
        });
    }

    @Test
    void retryAfterIsPassedOn() {
        with(
                _ -> answer(503, "Retry-After: 17\r\n", ""),
                store -> assertThatThrownBy(() -> store.get(NAME, 10))
                        .isInstanceOfSatisfying(StoreException.class, e -> {
                            assertThat(e.worthRetrying()).isTrue();
                            assertThat(e.retryAfter()).contains(Duration.ofSeconds(17));
                        }));
    }

    @Test
    void nothingIsBelievedOfAServerThatIsNotOurs() {
        with(_ -> answer(404, "", ""), store -> {
            assertThat(store.traits().atomicPut()).isFalse();
            assertThat(store.traits().staleness()).isPositive();
        });
    }

    @Test
    void aGreetingIsBelievedOnlyAsFarAsItGoes() throws IOException {
        record Case(String json, boolean ours, boolean atomic) {}
        String good =
                "\"protocol\":1,\"exists\":true,\"largest-object\":67108864,\"conditional-put\":true,\"durable\":true";
        for (Case each : List.of(
                new Case("{" + good + ",\"staleness\":0}", true, true),
                new Case("{" + good + ",\"unknown\":{\"a\":[1]},\"staleness\":0}", true, true),
                new Case("{" + good.replace("\"durable\":true", "\"durable\":false") + "}", true, false),
                new Case("{" + good.replace(":1,", ":2,") + "}", false, false),
                new Case("{" + good.replace("67108864", "1") + "}", false, false),
                new Case("{" + good.replace("67108864", "\"x\"") + "}", false, false),
                new Case("[]", false, false),
                new Case("{", false, false),
                new Case("x".repeat(100_000), false, false))) {
            try (ScriptedServer server = new ScriptedServer(line -> line.startsWith("GET /r/ ")
                            ? answer(200, GREETING, each.json())
                            : raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
                    ChunkStore store = new HttpStoreProvider().open(server.location(), OpenMode.EXISTING)) {
                assertThat(store.traits().atomicPut()).as("%.80s", each.json()).isEqualTo(each.atomic());
                boolean asked = server.requests().stream().anyMatch(line -> line.startsWith("HEAD"));
                assertThat(asked).as("%.80s", each.json()).isEqualTo(!each.ours());
            }
        }
    }

    @Test
    void locationsThatAreNoneAreRefusedWithoutShowingPasswords() {
        HttpsStoreProvider https = new HttpsStoreProvider();
        for (String location : List.of(
                "",
                "//",
                "host",
                "//host:99999999/",
                "//user:password@host/",
                "//host/a?b",
                "//host/a#b",
                "//host/a b",
                "//host/%2e%2e/",
                "//host//a",
                "///path",
                "//host/ü")) {
            assertThatThrownBy(() -> https.open(location, OpenMode.EXISTING))
                    .as(location)
                    .isInstanceOf(UsageException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("password@");
        }
        assertThatThrownBy(() -> new HttpStoreProvider().open("//192.0.2.1/r", OpenMode.EXISTING))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("without TLS");
    }
}
