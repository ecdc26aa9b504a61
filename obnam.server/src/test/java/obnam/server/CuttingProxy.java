package obnam.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Passes bytes on between a client and a server, and breaks every connection after so many of them in one
/// direction.
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int port;
    private final AtomicLong up = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong down = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong passedUp = new AtomicLong();
    private final AtomicLong passedDown = new AtomicLong();

    /// @param port of the server
    CuttingProxy(int port) throws IOException {
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// From now on connections break after so many bytes to the server, or from it.
    void cutAfter(long bytesUp, long bytesDown) {
        up.set(bytesUp);
        down.set(bytesDown);
        passedUp.set(0);
        passedDown.set(0);
    }

    long passedUp() {
        return passedUp.get();
    }

    long passedDown() {
        return passedDown.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(client, server, up, passedUp));
                Thread.ofVirtual().start(() -> pass(server, client, down, passedDown));
            } catch (IOException _) { // the test is over
            }
        }
    }

    private static void pass(Socket from, Socket to, AtomicLong left, AtomicLong passed) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long may = Math.min(count, left.get());
                out.write(buffer, 0, (int) may);
                out.flush();
                passed.addAndGet(may);
                if (left.addAndGet(-may) <= 0 || may < count) { // never go on behind a gap
                    return;
                }
            }
        } catch (IOException _) { // the other side has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
