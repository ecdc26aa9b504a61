package obnam.cli.derivation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import obnam.api.InterruptedRunException;
import obnam.api.KeyDeriver;
import obnam.api.LocalException;
import obnam.api.ObnamException;
import obnam.api.UsageException;
import obnam.cli.settings.MemoryLimit;

/// A key deriver that derives in a process of its own if it needs much memory. A derivation takes several times the
/// memory of a whole backup, but for a second, and a Java heap that has grown does not become smaller again.
///
/// Passphrase and key go through pipes, so nobody sees them among arguments or environment variables. The process
/// ends with this one.
public final class SeparateDeriver implements KeyDeriver {

    /// The codes with which Java ends by a signal to stop: 128 and the number of SIGHUP, SIGINT or SIGTERM.
    private static final List<Integer> STOPPED = List.of(129, 130, 143);
    /// The JVM could not be made, the derivation ran out of memory, or the kernel did and killed it.
    private static final List<Integer> TOO_LITTLE_MEMORY = List.of(1, DerivationProcess.OUT_OF_MEMORY, 137);
    /// Java's pipes copy shorter reads into a buffer that nobody can erase.
    private static final int READ = 16 << 10;

    private static final int ERRORS_LIMIT = 4096;
    private static final String LESS = "a new repository does with less: --kdf pbkdf2-hmac-sha-512";

    private final KeyDeriver deriver;
    private final MemoryLimit limit;
    private final LongFunction<List<String>> command;

    /// @param deriver derives
    /// @param limit what the user allows a process of this program
    public SeparateDeriver(KeyDeriver deriver, MemoryLimit limit) {
        this(deriver, limit, DerivationCommand::of);
    }

    /// @param command starts the process, given how much heap the derivation takes
    SeparateDeriver(KeyDeriver deriver, MemoryLimit limit, LongFunction<List<String>> command) {
        this.deriver = deriver;
        this.limit = limit;
        this.command = command;
    }

    @Override
    public String name() {
        return deriver.name();
    }

    @Override
    public Map<String, Long> defaults() {
        return deriver.defaults();
    }

    @Override
    public void check(Map<String, Long> parameters, Purpose purpose) {
        deriver.check(parameters, purpose);
    }

    /// Nothing in this process.
    @Override
    public long memory(Map<String, Long> parameters) {
        return 0;
    }

    @Override
    public byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length) {
        long memory = deriver.memory(parameters);
        if (memory == 0) {
            return deriver.derive(passphrase, salt, parameters, length);
        }
        deriver.check(parameters, Purpose.OPEN);
        long resident = memory + DerivationCommand.BESIDE + DerivationCommand.OUTSIDE;
        if (resident > limit.bytes()) {
            throw new UsageException(
                    "a key derivation needs more memory than allowed",
                    subject(resident) + ", allowed are " + mebibytes(limit.bytes()),
                    "Raise --memory-limit to " + mebi(resident) + "M, for this command only; " + LESS);
        }
        byte[] message = new DerivationRequest(name(), parameters, salt, length, passphrase).encode();
        try {
            return ask(command.apply(memory), message, length, resident);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    private byte[] ask(List<String> line, byte[] message, int length, long resident) {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear(); // it needs none, and a passphrase may be in it
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new LocalException(
                    "the process that derives keys cannot be started", line.getFirst(), "Check this program", e);
        }
        AtomicBoolean stopping = new AtomicBoolean();
        Thread stop = Thread.ofPlatform().unstarted(() -> {
            stopping.set(true);
            process.destroyForcibly();
        });
        atExit(stop);
        byte[] answer = new byte[length + READ];
        try {
            int received = exchange(process, message, answer, length);
            int code = process.waitFor();
            if (code != 0 || received != length) {
                throw failure(code, received, stopping.get(), resident, errors(process));
            }
            return Arrays.copyOf(answer, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted", "", "", e);
        } finally {
            Arrays.fill(answer, (byte) 0);
            process.destroyForcibly();
            notAtExit(stop);
        }
    }

    /// Sends the message, takes the answer, and then lets the process end.
    ///
    /// @return length of the answer
    private static int exchange(Process process, byte[] message, byte[] answer, int length) {
        int received = 0;
        try (InputStream in = process.getInputStream()) {
            try (OutputStream out = process.getOutputStream()) {
                out.write(message);
                out.flush();
                received = read(in, answer, 0, length);
            }
            return received > length ? received : read(in, answer, received, received + 1);
        } catch (IOException _) {
            return received; // the exit code tells why it does not listen
        }
    }

    /// Reads until there are `wanted` bytes in the array, or no more come.
    private static int read(InputStream in, byte[] answer, int from, int wanted) throws IOException {
        int filled = from;
        int more = 0;
        while (filled < wanted && more >= 0) {
            more = in.read(answer, filled, answer.length - filled);
            filled += Math.max(0, more);
        }
        return filled;
    }

    private ObnamException failure(int code, int received, boolean stopping, long resident, Throwable told) {
        if (stopping || STOPPED.contains(code)) {
            return new InterruptedRunException("interrupted", "", "Nothing was changed", told);
        }
        if (TOO_LITTLE_MEMORY.contains(code)) {
            return new UsageException(
                    "a key derivation did not get the memory it needs",
                    subject(resident),
                    "Free so much memory, or lift what limits it; " + LESS,
                    told);
        }
        return new LocalException(
                "the process that derives keys failed",
                name() + ", exit code " + code + ", " + received + " bytes",
                "Try again; if it stays so, report it with what --debug shows",
                told);
    }

    private String subject(long resident) {
        return name() + " needs " + mebibytes(resident);
    }

    private static String mebibytes(long bytes) {
        return mebi(bytes) + " MiB";
    }

    private static long mebi(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    /// What the process said, for `--debug`.
    private static Throwable errors(Process process) {
        try {
            byte[] text = process.getErrorStream().readNBytes(ERRORS_LIMIT);
            return new IOException("the process said: " + new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return e;
        }
    }

    private static void atExit(Thread stop) {
        try {
            Runtime.getRuntime().addShutdownHook(stop);
        } catch (IllegalStateException _) {
            stop.start(); // this process is ending already
        }
    }

    private static void notAtExit(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException _) {
            // this process is ending, which ends the other
        }
    }
}
