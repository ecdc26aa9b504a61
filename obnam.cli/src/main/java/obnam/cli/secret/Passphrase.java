package obnam.cli.secret;

import java.util.Arrays;

/// A passphrase as UTF-8 bytes, erased when it is closed. Never printed.
public final class Passphrase implements AutoCloseable {

    private final byte[] bytes;

    /// @param bytes kept, and erased by [#close]
    Passphrase(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes themselves; all zero after [#close].
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "passphrase";
    }
}
