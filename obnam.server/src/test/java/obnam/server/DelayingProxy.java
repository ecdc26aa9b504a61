package obnam.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Passes bytes on between a client and a server, each a while after it came: a long line of great capacity.
final class DelayingProxy implements AutoCloseable {

    private static final int PIECES = 4096;

    private record Piece(long due, byte[] bytes) {}

    private final ServerSocket listening;
    private final int port;
    private final long nanos;

    /// @param port of the server
    /// @param millis how long each byte takes, in each direction
    DelayingProxy(int port, int millis) throws IOException {
        this.port = port;
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                pass(client, server);
                pass(server, client);
            } catch (IOException _) { // the measurement is over
            }
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Piece> line = new ArrayBlockingQueue<>(PIECES);
        Thread.ofPlatform().daemon().start(() -> receive(from, line));
        Thread.ofPlatform().daemon().start(() -> deliver(line, to));
    }

    private void receive(Socket from, BlockingQueue<Piece> line) {
        byte[] buffer = new byte[64 << 10];
        try {
            InputStream in = from.getInputStream();
            int count;
            do {
                count = in.read(buffer);
                line.put(new Piece(System.nanoTime() + nanos, Arrays.copyOf(buffer, Math.max(0, count))));
            } while (count >= 0);
        } catch (IOException | InterruptedException _) { // the connection has ended
        }
    }

    private static void deliver(BlockingQueue<Piece> line, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Piece piece = line.take(); piece.bytes().length > 0; piece = line.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                out.write(piece.bytes());
            }
        } catch (IOException | InterruptedException _) { // the connection has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
