package obnam.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import obnam.api.ChunkStore;
import obnam.store.http.HttpStoreProvider;
import obnam.testkit.ChunkStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The store's contract, kept by the HTTP store with a server that is not ours.
@Tag("other-programs")
class RcloneContractTest extends ChunkStoreContract {

    @TempDir
    Path folder;

    private Process rclone;
    private int port;
    private int repositories;

    private void start() {
        if (rclone != null) {
            return;
        }
        try {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            rclone = new ProcessBuilder(
                            "rclone",
                            "serve",
                            "restic",
                            "--addr",
                            "127.0.0.1:" + port,
                            folder.resolve("remote").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("rclone.log").toFile())
                    .start();
            while (!listens()) {
                if (!rclone.isAlive()) {
                    throw new IllegalStateException("rclone has ended: " + rclone.exitValue());
                }
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        rclone.destroy();
        rclone.waitFor();
    }

    @Override
    protected ChunkStore.Provider provider() {
        start();
        return new HttpStoreProvider();
    }

    @Override
    protected String newLocation() {
        return "//127.0.0.1:" + port + "/repository-" + ++repositories;
    }
}
