package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.server.http.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Slow and flooding clients do not keep the server from the good ones.
class FloodTest {

    private static final int SLOW = 500;
    private static final int FLOODING = 50;
    private static final int REQUESTS = 200;

    @TempDir
    Path folder;

    private static Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.largestObject(),
                usual.uploadMemory(),
                usual.connections(),
                usual.requestsPerSecond(),
                usual.requestsUnderWay(),
                Duration.ofSeconds(3),
                usual.idle(),
                Duration.ofSeconds(1),
                usual.leastRate());
    }

    @Test
    @Timeout(120)
    void aGoodClientIsServedBesideSlowAndFloodingOnesAndTheSlowAreSentAway() throws Exception {
        TestServer.Setup setup = new TestServer.Setup();
        setup.limits = limits();
        try (TestServer server = new TestServer(folder, setup)) {
            Token good = server.account("good", Rules.NONE, TestServer.ALL);
            Token bad = server.account("bad", Rules.NONE, TestServer.ALL);
            try (ChunkStore store = server.open("r", good, ChunkStore.OpenMode.CREATE)) {
                byte[] content = Objects.content(1, 10_000);
                ObjectName name = Objects.name(ObjectKind.PACK, content);
                store.put(name, ByteBuffer.wrap(content));
                requests(store, name); // so that what is compared is not the first of its kind
                long[] idle = requests(store, name);
                List<Socket> slow = slow(server.port(), bad);
                AtomicBoolean done = new AtomicBoolean();
                AtomicInteger floods = new AtomicInteger();
                List<Thread> flood = flood(server.port(), bad, done, floods);
                long[] busy = requests(store, name);
                done.set(true);
                for (Thread thread : flood) {
                    thread.join();
                }
                int ended = awaitEnd(slow);
                System.out.printf(
                        "flood: %d slow connections, %d flooding ones with %d requests; a good client's p99 is %.1f ms,"
                                + " %.1f ms without them; %d slow ones sent away%n",
                        SLOW, FLOODING, floods.get(), p99(busy), p99(idle), ended);
                assertThat(ended).isEqualTo(SLOW);
            }
        }
    }

    /// How long each of some requests takes, all of which must succeed.
    private static long[] requests(ChunkStore store, ObjectName name) {
        long[] nanos = new long[REQUESTS];
        byte[] target = new byte[1000];
        for (int i = 0; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            store.getRange(name, i, 1000, target, 0);
            nanos[i] = System.nanoTime() - begun;
        }
        return nanos;
    }

    private static double p99(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * 99 / 100] / 1e6;
    }

    /// Connections that send a byte now and then: of a header the first half, of a body the others.
    private static List<Socket> slow(int port, Token token) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        String head = "POST /r/data/" + "0".repeat(64) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                + "Authorization: Bearer " + token.text() + "\r\n";
        for (int i = 0; i < SLOW; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            String sent = i % 2 == 0 ? head.substring(0, 10 + i % 50) : head + "\r\n" + "x";
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        return sockets;
    }

    private static List<Thread> flood(int port, Token token, AtomicBoolean done, AtomicInteger count)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(FLOODING);
        for (int i = 0; i < FLOODING; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    try {
                        Client.send(port, "GET", "/r/index/", "Bearer " + token.text(), new byte[0]);
                        count.incrementAndGet();
                    } catch (IOException _) { // it may well be refused
                    }
                    begun.countDown();
                }
            }));
        }
        begun.await();
        return threads;
    }

    /// Goes on trickling on all of them until the server has closed them.
    private static int awaitEnd(List<Socket> slow) throws IOException {
        List<Socket> open = new ArrayList<>(slow);
        while (!open.isEmpty()) {
            for (Socket socket : List.copyOf(open)) {
                if (trickle(socket)) {
                    open.remove(socket);
                    socket.close();
                }
            }
        }
        return slow.size();
    }

    /// Whether the connection has ended.
    private static boolean trickle(Socket socket) {
        try {
            socket.setSoTimeout(2);
            socket.getOutputStream().write('x');
            return isEnded(socket);
        } catch (IOException _) { // a reset is an end, too
            return true;
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        }
    }
}
