package obnam.engine.format;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import obnam.api.Cipher;
import obnam.api.ObjectKind;
import obnam.api.Providers;
import obnam.engine.RepositoryId;
import obnam.engine.keys.KeyPurpose;
import obnam.engine.keys.KeyRing;

/// Seals and opens frames; section 2.1 of the format. Thread-safe.
public final class Frames {

    /// By how many bytes a frame is longer than its plaintext.
    public static final int OVERHEAD = Cipher.NONCE_LENGTH + Cipher.TAG_LENGTH;

    private record CipherKey(int suite, int keyNumber) {}

    private final RepositoryId repository;
    private final KeyRing ring;
    private final Providers providers;
    private final SecureRandom random;
    private final int suite;
    private final int keyNumber;
    private final Map<CipherKey, Cipher> ciphers = new ConcurrentHashMap<>();

    /// @param repository part of the associated data
    /// @param ring where the sealing keys are
    /// @param providers where the ciphers are
    /// @param random makes nonces and salts
    /// @param suite the suite that seals
    public Frames(RepositoryId repository, KeyRing ring, Providers providers, SecureRandom random, int suite) {
        this.repository = repository;
        this.ring = ring;
        this.providers = providers;
        this.random = random;
        this.suite = suite;
        this.keyNumber = ring.newest(KeyPurpose.SEALING)
                .orElseThrow(() -> ByteReader.damage("the key ring has no sealing key", repository))
                .number();
    }

    /// The suite that seals.
    public int suite() {
        return suite;
    }

    /// The number of the key that seals.
    public int keyNumber() {
        return keyNumber;
    }

    /// A header for a new object whose frames [#seal] makes.
    public ObjectHeader newHeader(ObjectKind kind) {
        byte[] salt = new byte[ObjectHeader.SALT_LENGTH];
        random.nextBytes(salt);
        return new ObjectHeader(kind, suite, keyNumber, salt);
    }

    /// Seals `length` bytes into a frame of `length + OVERHEAD` bytes.
    public void seal(
            ObjectKind kind, FrameRole role, byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        byte[] nonce = new byte[Cipher.NONCE_LENGTH];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, target, targetOffset, nonce.length);
        byte[] associated = associatedData(suite, kind, role, repository);
        cipher(suite, keyNumber).seal(nonce, 0, associated, plain, offset, length, target, targetOffset + nonce.length);
    }

    /// Opens a frame of `length` bytes into `length - OVERHEAD` bytes.
    ///
    /// @param subject what to name in errors
    /// @throws obnam.api.DamageException if it is not a frame of this repository, kind and role
    public void open(
            ObjectKind kind,
            FrameRole role,
            int frameSuite,
            int frameKey,
            byte[] source,
            int offset,
            int length,
            byte[] target,
            int targetOffset,
            Object subject) {
        byte[] associated = associatedData(frameSuite, kind, role, repository);
        if (length < OVERHEAD
                || !cipher(frameSuite, frameKey)
                        .open(
                                source,
                                offset,
                                associated,
                                source,
                                offset + Cipher.NONCE_LENGTH,
                                length - Cipher.NONCE_LENGTH,
                                target,
                                targetOffset)) {
            throw ByteReader.damage("sealed data were altered", subject);
        }
    }

    /// Opens a frame whose suite and key stand in the object's header.
    public byte[] open(ObjectHeader header, FrameRole role, byte[] source, int offset, int length, Object subject) {
        byte[] plain = new byte[Math.max(0, length - OVERHEAD)];
        open(header.kind(), role, header.suite(), header.keyNumber(), source, offset, length, plain, 0, subject);
        return plain;
    }

    private Cipher cipher(int frameSuite, int frameKey) {
        return ciphers.computeIfAbsent(new CipherKey(frameSuite, frameKey), key -> {
            byte[] secret = ring.sealing(key.keyNumber())
                    .orElseThrow(() -> ByteReader.damage("no key of this number is known", "key " + key.keyNumber()))
                    .key();
            return providers.cipher(key.suite()).create(secret);
        });
    }

    /// The associated data of a frame.
    public static byte[] associatedData(int suite, ObjectKind kind, FrameRole role, RepositoryId repository) {
        return new ByteWriter(41)
                .raw(ObjectHeader.MAGIC)
                .u8(ObjectHeader.VERSION)
                .u8(suite)
                .u8(ObjectHeader.letter(kind))
                .u8(role.number())
                .raw(repository.toBytes())
                .toBytes();
    }
}
