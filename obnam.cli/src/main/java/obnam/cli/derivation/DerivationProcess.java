package obnam.cli.derivation;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import obnam.api.Providers;

/// The process that [SeparateDeriver] starts: derives one key, which takes more memory than the rest of the program,
/// and ends. Takes a [DerivationRequest] from standard input and answers with the key on standard output. It ends
/// when standard input does, so it never outlives the program that asked.
public final class DerivationProcess {

    /// Ends the process when the derivation did not get its memory. The JVM itself uses 1 for all its failures.
    static final int OUT_OF_MEMORY = 3;

    private static final int FAILED = 4;

    private DerivationProcess() {}

    /// Derives and ends the process.
    ///
    /// @param arguments none
    public static void main(String[] arguments) {
        // Not System.in and System.out: what goes through their buffers could not be erased.
        System.exit(run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out)));
    }

    static int run(InputStream in, OutputStream out) {
        try {
            byte[] key = derive(in);
            try {
                out.write(key);
                out.flush();
            } finally {
                Arrays.fill(key, (byte) 0);
            }
            // Whoever asked closes this when it has the key. If the process ended before, Java would copy what is
            // still in the pipe to a place that cannot be erased.
            return in.read() < 0 ? 0 : FAILED;
        } catch (OutOfMemoryError _) {
            return OUT_OF_MEMORY;
        } catch (IOException | RuntimeException e) {
            System.err.println(e); // for --debug; holds no secrets
            return FAILED;
        }
    }

    private static byte[] derive(InputStream in) throws IOException {
        byte[] prefix = in.readNBytes(DerivationRequest.PREFIX);
        int length = prefix.length < DerivationRequest.PREFIX
                ? 0
                : ByteBuffer.wrap(prefix).getInt();
        if (length < DerivationRequest.PREFIX || length > DerivationRequest.LIMIT) {
            throw new IOException("standard input has no request for a derivation");
        }
        byte[] message = new byte[length];
        try {
            in.readNBytes(message, prefix.length, length - prefix.length);
            DerivationRequest request = DerivationRequest.decode(message);
            try {
                return new Providers(List.of())
                        .keyDeriver(request.deriver())
                        .derive(request.passphrase(), request.salt(), request.parameters(), request.length());
            } finally {
                request.erase();
            }
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }
}
