package obnam.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A server that answers whatever a test wants: the bytes of an answer for the first line of a request.
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Function<String, byte[]> script;
    private final List<String> requests = new ArrayList<>();

    /// @param script from a line such as `GET /r/config HTTP/1.1` to all that is sent back; the connection
    ///     ends then
    ScriptedServer(Function<String, byte[]> script) throws IOException {
        this.script = script;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// An answer with a body and its right length.
    static byte[] answer(int status, String headers, String body) {
        return raw("HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String location() {
        return "//127.0.0.1:" + listening.getLocalPort() + "/r";
    }

    /// The first lines of all requests so far.
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException _) { // the test is over
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            StringBuilder head = new StringBuilder();
            InputStream in = client.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            String first = head.substring(0, head.indexOf("\r\n"));
            synchronized (requests) {
                requests.add(first);
            }
            client.getOutputStream().write(script.apply(first));
            client.getOutputStream().flush();
            client.shutdownOutput();
            while (in.read() >= 0) {} // so that no reset overtakes the answer
        } catch (IOException _) { // the client has had enough
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
