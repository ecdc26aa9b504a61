package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A token that is not quite right lets nobody in, and content that is not quite right is not stored.
class AlteredRequestsTest {

    private static final int MUTATIONS = 10_000;
    private static final int BODIES = 1_000;

    @TempDir
    Path folder;

    @Test
    void everyAlteredTokenIsRefused() throws Exception {
        long seed = 20_261_123;
        Random random = new Random(seed);
        TestServer.Setup setup = new TestServer.Setup();
        try (TestServer server = new TestServer(folder, setup)) {
            Token token = server.account("alice", Rules.NONE, TestServer.ALL);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                server.open("r", token, ChunkStore.OpenMode.CREATE).close();
                assertThat(ask(socket, in, "Bearer " + token.text())).isEqualTo(200);
                for (int i = 0; i < MUTATIONS; i++) {
                    String altered = altered("Bearer " + token.text(), random);
                    assertThat(ask(socket, in, altered))
                            .as("%s, seed %d", altered, seed)
                            .isEqualTo(401);
                }
            }
            System.out.println("altered tokens: " + MUTATIONS + " of " + MUTATIONS + " refused");
        }
    }

    private static int ask(Socket socket, InputStream in, String authorization) throws Exception {
        socket.getOutputStream()
                .write(("GET /r/index/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + authorization + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Client.Answer answer = readWhole(in);
        return answer.status();
    }

    /// A listing comes in chunks.
    private static Client.Answer readWhole(InputStream in) throws Exception {
        in.mark(1 << 16);
        byte[] seen = new byte[1 << 16];
        int length = 0;
        while (true) {
            int count = in.read(seen, length, seen.length - length);
            if (count < 0) {
                break;
            }
            length += count;
            String text = new String(seen, 0, length, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            boolean chunked = text.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
            if (end >= 0 && (!chunked || text.endsWith("0\r\n\r\n"))) {
                in.reset();
                if (chunked) {
                    in.skipNBytes(length);
                    return new Client.Answer(Integer.parseInt(text.split(" ", 3)[1]), java.util.Map.of(), new byte[0]);
                }
                return Client.read(in, false);
            }
        }
        throw new java.io.IOException("the connection ended");
    }

    /// The same with one character changed, left out, doubled or two exchanged.
    private static String altered(String text, Random random) {
        while (true) {
            StringBuilder changed = new StringBuilder(text);
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.setCharAt(at, (char) ('!' + random.nextInt(94)));
                case 1 -> changed.deleteCharAt(at);
                case 2 -> changed.insert(at, (char) ('!' + random.nextInt(94)));
                default -> {
                    int other = random.nextInt(text.length());
                    changed.setCharAt(at, text.charAt(other));
                    changed.setCharAt(other, text.charAt(at));
                }
            }
            String result = changed.toString().strip();
            if (!result.equals(text)) {
                return result;
            }
        }
    }

    @Test
    void everyAlteredBodyIsRefusedAndNothingOfItIsKept() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        try (TestServer server = new TestServer(folder)) {
            Token token = server.account("alice", Rules.NONE, TestServer.ALL);
            try (ChunkStore store = server.open("r", token, ChunkStore.OpenMode.CREATE)) {
                byte[] content = Objects.content(seed, 5000);
                ObjectName name = Objects.name(ObjectKind.PACK, content);
                for (int i = 0; i < BODIES; i++) {
                    byte[] altered = content.clone();
                    altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
                    assertThat(refused(store, name, altered))
                            .as("body %d, seed %d", i, seed)
                            .isTrue();
                }
                assertThat(store.size(name)).isEmpty();
                store.put(name, ByteBuffer.wrap(content));
                assertThat(store.get(name, 5000)).isEqualTo(content);
            }
            System.out.println("altered bodies: " + BODIES + " of " + BODIES + " refused");
        }
    }

    private static boolean refused(ChunkStore store, ObjectName name, byte[] content) {
        try {
            store.put(name, ByteBuffer.wrap(content));
            return false;
        } catch (obnam.api.DamageException _) {
            return true;
        }
    }
}
