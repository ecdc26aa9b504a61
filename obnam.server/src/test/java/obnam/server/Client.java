package obnam.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends bytes as a test wants them: nothing is encoded, checked or corrected on the way.
final class Client {

    private static final int TIMEOUT_MILLIS = 30_000;

    private Client() {}

    /// What the server answered.
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /// All that a client can see, but for the time of day.
        String visible() {
            Map<String, String> shown = new TreeMap<>(headers);
            shown.remove("date");
            return status + " " + shown + " " + text();
        }
    }

    /// Sends one request on a connection of its own.
    static Answer send(int port, String method, String target, String authorization, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
            if (!authorization.isEmpty()) {
                head.append("Authorization: ").append(authorization).append("\r\n");
            }
            if (method.equals("POST") || body.length > 0) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            head.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return read(socket.getInputStream(), method.equals("HEAD"));
        }
    }

    /// Reads an answer to its end.
    static Answer read(InputStream in, boolean headOnly) throws IOException {
        String status = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = new byte[0];
        if (!headOnly && headers.containsKey("content-length")) {
            body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        } else if (!headOnly) {
            body = in.readAllBytes();
        }
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
