package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.server.http.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What clients send as objects, rightly and wrongly.
@Timeout(120)
class UploadTest {

    private static final int MEMORY = 64 << 20;

    @TempDir
    Path folder;

    private TestServer server;
    private Token token;

    @BeforeEach
    void start() {
        TestServer.Setup setup = new TestServer.Setup();
        Limits usual = Limits.DEFAULT;
        setup.limits = new Limits(
                MEMORY,
                MEMORY,
                usual.connections(),
                usual.requestsPerSecond(),
                usual.requestsUnderWay(),
                usual.header(),
                usual.idle(),
                usual.grace(),
                usual.leastRate());
        server = new TestServer(folder, setup);
        token = server.account("alice", Rules.NONE, TestServer.ALL);
        server.open("r", token, ChunkStore.OpenMode.CREATE).close();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Client.Answer raw(String headers, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = "POST /r/data/" + "0".repeat(64) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + token.text() + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return Client.read(socket.getInputStream(), false);
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aBodyWithoutLengthIsRefused() throws IOException {
        assertThat(raw("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(411);
        assertThat(files()).isZero();
    }

    @Test
    void anObjectThatIsTooLongIsRefusedBeforeItIsSent() throws IOException {
        assertThat(raw("Content-Length: " + (MEMORY + 1L) + "\r\n", new byte[0]).status())
                .isEqualTo(413);
        assertThat(raw("Content-Length: 99999999999999999999\r\n", new byte[0]).status())
                .isBetween(400, 499);
    }

    @Test
    void requestsThatCouldBeReadInTwoWaysAreRefused() throws IOException {
        byte[] body = "0\r\n\r\nGET /r/index/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (String headers : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: -1\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Content-Length : 5\r\n",
                "Content-Length: 5\r\n Transfer-Encoding: chunked\r\n")) {
            assertThat(raw(headers, body).status()).as(headers).isBetween(400, 501);
        }
        assertThat(files()).isZero();
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() throws IOException {
        assertThat(raw("X: " + "x".repeat(100_000) + "\r\n", new byte[0]).status())
                .isEqualTo(431);
        assertThat(Client.send(server.port(), "GET", "/" + "x".repeat(20_000), "", new byte[0])
                        .status())
                .isIn(414, 431);
    }

    @Test
    void aBrokenUploadLeavesNothing() throws IOException {
        for (int sent : new int[] {0, 1, 99_999}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                String head = "POST /r/data/" + "0".repeat(64) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
                        + "Authorization: Bearer " + token.text() + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[sent]);
            }
        }
        assertThat(files()).isZero();
    }

    @Test
    void moreUploadsThanFitIntoMemoryTakeTurns() throws Exception {
        int uploads = 24;
        int length = 12 << 20;
        try (ChunkStore store = server.open("r", token, ChunkStore.OpenMode.EXISTING);
                ExecutorService threads = Executors.newFixedThreadPool(uploads)) {
            List<Future<ObjectName>> futures = new ArrayList<>();
            for (int i = 0; i < uploads; i++) {
                long seed = i;
                futures.add(threads.submit(() -> {
                    byte[] content = Objects.content(seed, length);
                    ObjectName name = Objects.name(ObjectKind.PACK, content);
                    store.put(name, ByteBuffer.wrap(content));
                    return name;
                }));
            }
            for (Future<ObjectName> future : futures) {
                assertThat(store.size(future.get())).hasValue(length);
            }
        }
    }

    @Test
    void aWaitingUploadEndsWithItsClient() throws Exception {
        List<Socket> holding = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            String head = "POST /r/data/" + "0".repeat(64) + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (MEMORY / 2)
                    + "\r\nAuthorization: Bearer " + token.text() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            holding.add(socket);
        }
        for (Socket socket : holding) {
            socket.close();
        }
        byte[] content = Objects.content(1, 1000);
        try (ChunkStore store = server.open("r", token, ChunkStore.OpenMode.EXISTING)) {
            store.put(Objects.name(ObjectKind.PACK, content), ByteBuffer.wrap(content));
            assertThat(store.get(Objects.name(ObjectKind.PACK, content), 1000)).isEqualTo(content);
        }
    }
}
