package obnam.engine.keys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import obnam.api.Cipher;
import obnam.api.ObjectKind;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.FrameRole;
import obnam.engine.format.Frames;
import obnam.engine.format.ObjectHeader;
import obnam.engine.format.Sizes;

/// A KEY object, parsed but not opened; section 3.2 of the format.
///
/// @param header the clear header, whose salt is the salt of the derivation
/// @param repository the repository it says it belongs to
/// @param keyId 16 random bytes
/// @param deriver name of the key derivation
/// @param parameters its parameters, untrusted
/// @param sealed the frame with the key ring
/// @param authenticated the bytes under the mac
/// @param mac HMAC-SHA-256 of them
public record KeyObject(
        ObjectHeader header,
        RepositoryId repository,
        byte[] keyId,
        String deriver,
        Map<String, Long> parameters,
        byte[] sealed,
        byte[] authenticated,
        byte[] mac) {

    /// No KEY object is longer, in bytes.
    public static final int LIMIT = 256 << 10;
    /// Length of what is derived from the passphrase, in bytes: the key `encryption`, then the key `mac`.
    public static final int DERIVED_LENGTH = 64;

    private static final int KEY_ID_LENGTH = 16;
    private static final int MAC_LENGTH = 32;
    private static final int NAME_LIMIT = 32;
    private static final int PARAMETER_LIMIT = 16;
    private static final int PADDING = 512;
    private static final int RING_ENTRY = 1;
    private static final int CONFIG_DIGEST = 2;
    private static final int RIGHTS = 3;
    private static final int ALL_RIGHTS = 7;

    /// What the frame of a KEY holds.
    ///
    /// @param ring the key ring
    /// @param configDigest SHA-256 of the CONFIG object
    public record Contents(KeyRing ring, byte[] configDigest) {}

    /// How the keys of a new KEY object are derived.
    ///
    /// @param name name of the derivation
    /// @param parameters its parameters
    /// @param salt 32 random bytes
    public record Derivation(String name, Map<String, Long> parameters, byte[] salt) {}

    /// Makes the bytes of a KEY object.
    ///
    /// @param derivation how `encryption` and `mac` were derived
    /// @param credential those two keys, and the repository
    /// @param keyId 16 random bytes
    /// @param contents what to seal
    /// @param wrap the cipher under the key `encryption`
    /// @param suite its suite
    /// @param nonce 24 random bytes
    public static byte[] encode(
            Derivation derivation,
            Credential credential,
            byte[] keyId,
            Contents contents,
            Cipher wrap,
            int suite,
            byte[] nonce) {
        ByteWriter out = new ByteWriter(2048);
        new ObjectHeader(ObjectKind.KEY, suite, 0, derivation.salt()).write(out);
        out.raw(credential.repository().toBytes()).raw(keyId).text(derivation.name());
        TreeMap<String, Long> sorted = new TreeMap<>(derivation.parameters());
        out.varint(sorted.size());
        sorted.forEach((name, value) -> out.text(name).varint(value));
        out.bytes(new byte[0]);
        byte[] plain = encode(contents);
        byte[] frame = new byte[plain.length + Frames.OVERHEAD];
        System.arraycopy(nonce, 0, frame, 0, Cipher.NONCE_LENGTH);
        byte[] associated = Frames.associatedData(suite, ObjectKind.KEY, FrameRole.RING, credential.repository());
        wrap.seal(nonce, 0, associated, plain, 0, plain.length, frame, Cipher.NONCE_LENGTH);
        Arrays.fill(plain, (byte) 0);
        out.bytes(frame);
        byte[] mac = mac(credential, out.toBytes());
        return out.raw(mac).toBytes();
    }

    private static byte[] encode(Contents contents) {
        ByteWriter plain = new ByteWriter(1024);
        for (KeyRing.Entry entry : contents.ring().entries()) {
            plain.field(
                    RING_ENTRY,
                    new ByteWriter(64)
                            .varint(entry.number())
                            .u8(entry.purpose())
                            .varint(entry.epoch())
                            .raw(entry.key()));
        }
        plain.field(CONFIG_DIGEST, contents.configDigest()).field(RIGHTS, ALL_RIGHTS);
        return plain.zerosUpTo(Sizes.roundUp(plain.length(), PADDING)).toBytes();
    }

    /// Parses a KEY object. Nothing of it is to be believed before [#fits].
    public static KeyObject decode(byte[] bytes, Object subject) {
        ByteReader in = new ByteReader(bytes, subject);
        ObjectHeader header = ObjectHeader.read(in, ObjectKind.KEY, subject);
        RepositoryId repository = RepositoryId.of(in.raw(32));
        byte[] keyId = in.raw(KEY_ID_LENGTH);
        String deriver = in.text(NAME_LIMIT);
        int count = in.count(PARAMETER_LIMIT);
        Map<String, Long> parameters = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            parameters.put(in.text(NAME_LIMIT), in.varint(Long.MAX_VALUE));
        }
        in.bytes(LIMIT);
        byte[] sealed = in.bytes(LIMIT);
        byte[] authenticated = Arrays.copyOf(bytes, in.position());
        byte[] mac = in.raw(MAC_LENGTH);
        in.nothing();
        return new KeyObject(header, repository, keyId, deriver, parameters, sealed, authenticated, mac);
    }

    /// Whether the credential's key `mac` made this object's mac: compared in constant time.
    public boolean fits(Credential credential) {
        return MessageDigest.isEqual(mac, mac(credential, authenticated));
    }

    /// Opens the frame. Call only if the credential [#fits].
    ///
    /// @param wrap the cipher of this object's suite under the key `encryption`
    public Contents open(Cipher wrap, Object subject) {
        if (sealed.length < Frames.OVERHEAD) {
            throw ByteReader.damage("the sealed keys are too short", subject);
        }
        byte[] plain = new byte[sealed.length - Frames.OVERHEAD];
        byte[] associated = Frames.associatedData(header.suite(), ObjectKind.KEY, FrameRole.RING, repository);
        int length = sealed.length - Cipher.NONCE_LENGTH;
        if (!wrap.open(sealed, 0, associated, sealed, Cipher.NONCE_LENGTH, length, plain, 0)) {
            throw ByteReader.damage("the sealed keys do not open", subject);
        }
        List<KeyRing.Entry> entries = new ArrayList<>();
        byte[][] digest = {new byte[0]};
        new ByteReader(plain, subject).fields((tag, value) -> {
            switch (tag) {
                case RING_ENTRY -> entries.add(entry(value));
                case CONFIG_DIGEST -> digest[0] = value.raw(32);
                case RIGHTS -> value.varint();
                default -> {
                    return false;
                }
            }
            return true;
        });
        Arrays.fill(plain, (byte) 0);
        return new Contents(new KeyRing(entries), digest[0]);
    }

    private static KeyRing.Entry entry(ByteReader in) {
        int number = in.count(Integer.MAX_VALUE);
        int purpose = in.u8();
        int epoch = in.count(Integer.MAX_VALUE);
        KeyRing.Entry entry = new KeyRing.Entry(number, purpose, epoch, in.raw(KeyRing.KEY_LENGTH));
        in.nothing();
        return entry;
    }

    private static byte[] mac(Credential credential, byte[] bytes) {
        byte[] key = credential.mac();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "KEY object of repository " + repository;
    }
}
