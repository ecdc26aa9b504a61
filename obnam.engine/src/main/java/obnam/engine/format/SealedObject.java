package obnam.engine.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// Objects that are a header and one frame: INDEX, SNAPSHOT and NOTICE.
public final class SealedObject {

    private SealedObject() {}

    /// Makes a new object.
    ///
    /// @param frames seals
    /// @param kind its kind
    /// @param role the role of its frame
    /// @param content writes the plaintext behind the salt; must end where zeros may follow
    public static byte[] seal(Frames frames, ObjectKind kind, FrameRole role, Consumer<ByteWriter> content) {
        ObjectHeader header = frames.newHeader(kind);
        ByteWriter plain = new ByteWriter(4096).raw(header.salt());
        content.accept(plain);
        int around = ObjectHeader.LENGTH + Frames.OVERHEAD;
        plain.zerosUpTo(Sizes.padded(plain.length() + around) - around);
        ByteWriter out = new ByteWriter(plain.length() + around);
        header.write(out);
        out.zerosUpTo(plain.length() + around);
        frames.seal(kind, role, plain.buffer(), 0, plain.length(), out.buffer(), ObjectHeader.LENGTH);
        return out.toBytes();
    }

    /// Opens an object that was read whole, after checking its name.
    ///
    /// @return a reader that stands behind the salt
    public static ByteReader open(Frames frames, ObjectName name, FrameRole role, byte[] bytes) {
        verifyName(name, bytes);
        ObjectHeader header = ObjectHeader.read(new ByteReader(bytes, name), name.kind(), name);
        int length = bytes.length - ObjectHeader.LENGTH;
        byte[] plain = frames.open(header, role, bytes, ObjectHeader.LENGTH, length, name);
        ByteReader in = new ByteReader(plain, name);
        verifySalt(in, header);
        return in;
    }

    /// Refuses a plaintext that does not begin with the object's salt.
    public static void verifySalt(ByteReader plain, ObjectHeader header) {
        if (!MessageDigest.isEqual(plain.raw(ObjectHeader.SALT_LENGTH), header.salt())) {
            throw plain.damage("sealed data were moved from another object");
        }
    }

    /// Refuses bytes whose SHA-256 is not the name.
    public static void verifyName(ObjectName name, byte[] bytes) {
        if (!hex(bytes, bytes.length).equals(name.hex())) {
            throw ByteReader.damage("the content does not fit the name", name);
        }
    }

    /// The name for an object with these bytes.
    public static ObjectName name(ObjectKind kind, byte[] bytes, int length) {
        return new ObjectName(kind, hex(bytes, length));
    }

    private static String hex(byte[] bytes, int length) {
        MessageDigest digest = sha256();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    /// A new SHA-256.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
