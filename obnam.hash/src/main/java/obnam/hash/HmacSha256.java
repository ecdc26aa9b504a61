package obnam.hash;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import obnam.api.ChunkId;
import obnam.api.Hasher;

/// HMAC-SHA-256 (RFC 2104) by the Java runtime.
///
/// Each thread keeps one [Mac] per hasher, keyed once, so no call waits for another and only the id is allocated.
/// Meant for the platform threads of a pool. Heap buffers are hashed where they are; read-only and direct ones are
/// copied by the runtime in small pieces.
final class HmacSha256 implements Hasher {

    private final ThreadLocal<Keyed> keyed;

    /// @param key copied
    HmacSha256(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
        this.keyed = ThreadLocal.withInitial(() -> new Keyed(mac(secret)));
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            // Every Java platform has to have HmacSHA256, and it takes any key that is not empty.
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    @Override
    public ChunkId hash(ByteBuffer... parts) {
        Keyed own = keyed.get();
        own.mac.reset();
        for (ByteBuffer part : parts) {
            if (part.hasArray()) {
                own.mac.update(part.array(), part.arrayOffset() + part.position(), part.remaining());
            } else {
                own.mac.update(part.duplicate());
            }
        }
        return own.finish();
    }

    @Override
    public ChunkId hash(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        Keyed own = keyed.get();
        own.mac.reset();
        own.mac.update(data, offset, length);
        return own.finish();
    }

    /// What one thread reuses. The mac may hold a part of a hash that ended in an error, so each call begins with a
    /// reset, which costs nothing otherwise.
    private static final class Keyed {

        private final byte[] result = new byte[ChunkId.BYTES];
        private final Mac mac;

        Keyed(Mac mac) {
            this.mac = mac;
        }

        ChunkId finish() {
            try {
                mac.doFinal(result, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("32 bytes are too few for a result of HMAC-SHA-256", e);
            }
            return ChunkId.from(result, 0);
        }
    }
}
