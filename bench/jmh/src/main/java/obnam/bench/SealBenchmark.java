package obnam.bench;

import obnam.api.Cipher;
import obnam.crypto.XChaChaProvider;
import obnam.crypto.XaesProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Sealing and opening frames of a usual block, 256 KiB after compression; an operation is a byte of plaintext.
@State(Scope.Thread)
public class SealBenchmark {

    private static final int BYTES = 256 << 10;

    /// Which cipher.
    @Param({"xaes-256-gcm", "xchacha20-poly1305"})
    public String suite = "xaes-256-gcm";

    private final byte[] associated = new byte[41];
    private final byte[] nonce = new byte[Cipher.NONCE_LENGTH];
    private final byte[] sealedNonce = new byte[Cipher.NONCE_LENGTH];
    private final byte[] plain = SampleData.of("random", BYTES);
    private final byte[] opened = new byte[BYTES];
    private final byte[] frame = new byte[BYTES + Cipher.TAG_LENGTH];
    private final byte[] sealed = new byte[BYTES + Cipher.TAG_LENGTH];
    private Cipher cipher = new XaesProvider().create(new byte[Cipher.KEY_LENGTH]);

    /// Makes a frame to be opened.
    @Setup
    public void make() {
        Cipher.Provider provider = suite.startsWith("xaes") ? new XaesProvider() : new XChaChaProvider();
        cipher = provider.create(new byte[Cipher.KEY_LENGTH]);
        cipher.seal(sealedNonce, 0, associated, plain, 0, BYTES, sealed, 0);
    }

    /// Seals. The nonce counts up, since Java refuses one that comes again; drawing one is the caller's work.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public byte[] seal() {
        int digit = 0;
        while (++nonce[digit] == 0) {
            digit++;
        }
        cipher.seal(nonce, 0, associated, plain, 0, BYTES, frame, 0);
        return frame;
    }

    /// Opens.
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public byte[] open() {
        if (!cipher.open(sealedNonce, 0, associated, sealed, 0, sealed.length, opened, 0)) {
            throw new IllegalStateException("the frame did not open");
        }
        return opened;
    }
}
