package obnam.cli.derivation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What a process is asked to derive. The arrays are the caller's to erase.
///
/// @param deriver name of the key deriver
/// @param parameters its parameters
/// @param salt as in the KEY object
/// @param length how many bytes to derive
/// @param passphrase as the user gave it
record DerivationRequest(String deriver, Map<String, Long> parameters, byte[] salt, int length, byte[] passphrase) {

    /// The first bytes of a message: its length, these bytes included.
    static final int PREFIX = Integer.BYTES;
    /// No message is longer. A passphrase has at most 64 KiB.
    static final int LIMIT = 128 << 10;
    /// No message is shorter: Java's pipes to processes copy what is shorter into a buffer that nobody can erase.
    private static final int SHORTEST = 16 << 10;

    /// The message, which holds the passphrase: to be erased.
    byte[] encode() {
        byte[] name = deriver.getBytes(StandardCharsets.UTF_8);
        int needed = PREFIX + 5 * Integer.BYTES + name.length + salt.length + passphrase.length;
        for (String parameter : parameters.keySet()) {
            needed += Integer.BYTES + Long.BYTES + parameter.getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer message = ByteBuffer.wrap(new byte[Math.max(needed, SHORTEST)]);
        message.putInt(message.capacity());
        put(message, name);
        message.putInt(parameters.size());
        parameters.forEach((parameter, value) -> {
            put(message, parameter.getBytes(StandardCharsets.UTF_8));
            message.putLong(value);
        });
        put(message, salt);
        message.putInt(length);
        put(message, passphrase);
        return message.array();
    }

    private static void put(ByteBuffer message, byte[] bytes) {
        message.putInt(bytes.length).put(bytes);
    }

    /// Reads a message.
    ///
    /// @throws IllegalArgumentException if it is none
    static DerivationRequest decode(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).position(PREFIX);
        try {
            String deriver = text(in);
            Map<String, Long> parameters = new TreeMap<>();
            for (int left = in.getInt(); left > 0; left--) {
                parameters.put(text(in), in.getLong());
            }
            return new DerivationRequest(deriver, parameters, bytes(in), in.getInt(), bytes(in));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("this is no request for a derivation", e);
        }
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /// Erases the passphrase.
    void erase() {
        Arrays.fill(passphrase, (byte) 0);
    }

    @Override
    public String toString() {
        return "request for " + deriver + " " + parameters;
    }
}
