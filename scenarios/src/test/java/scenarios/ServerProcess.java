package scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server as this build made it, in a process of its own.
final class ServerProcess implements AutoCloseable {

    private static final int DEADLINE_SECONDS = 60;

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /// Makes its configuration, with a certificate of its own.
    ///
    /// @param folder where all that is the server's will be
    ServerProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        run("init", "--listen", "127.0.0.1:" + port);
    }

    /// Runs another command than `serve`.
    ///
    /// @return what it wrote to standard output
    String run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder.getParent(), "server", ".out");
        Path err = Files.createTempFile(folder.getParent(), "server", ".err");
        Process done = builder(List.of(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int code = done.waitFor();
        if (code != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + code + " " + Files.readString(err));
        }
        return Files.readString(out);
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.FOLDER.resolve("target/obnam-server/obnam-server").toString());
        command.addAll(arguments);
        command.add("-c");
        command.add(folder.resolve("server.yaml").toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder;
    }

    /// Starts it and waits until it answers.
    void start() throws IOException {
        Path log = Files.createTempFile(folder.getParent(), "serve", ".log");
        process = builder(List.of("serve"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
        while (!Files.readString(log).contains("listening on ")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("the server does not start: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
    }

    /// As `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// As `kill` does.
    ///
    /// @return the exit code
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /// The certificate that it signed itself.
    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /// The location of a repository without its scheme.
    String location(String repository) {
        return "//127.0.0.1:" + port + "/" + repository;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
