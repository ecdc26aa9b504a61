package obnam.server;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// Objects for tests.
public final class Objects {

    private Objects() {}

    /// The same bytes for the same arguments.
    public static byte[] content(long seed, int length) {
        byte[] content = new byte[length];
        new SplittableRandom(seed).nextBytes(content);
        return content;
    }

    /// The name of an object with that content.
    public static ObjectName name(ObjectKind kind, byte[] content) {
        if (kind == ObjectKind.CONFIG) {
            return ObjectName.CONFIG;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new ObjectName(kind, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
