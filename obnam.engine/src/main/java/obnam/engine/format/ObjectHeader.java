package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import obnam.api.ObjectKind;
import obnam.api.UsageException;

/// The clear header that begins every object; section 2 of the format.
///
/// @param kind the kind of the object
/// @param suite cipher suite of the object's own frames
/// @param keyNumber number of their sealing key
/// @param salt 32 random bytes, new for every object
public record ObjectHeader(ObjectKind kind, int suite, int keyNumber, byte[] salt) {

    /// Length of the header in bytes.
    public static final int LENGTH = 48;

    /// Length of a salt in bytes.
    public static final int SALT_LENGTH = 32;

    /// The version of the format that this package reads and writes.
    public static final int VERSION = 1;

    /// The five bytes every object begins with.
    static final byte[] MAGIC = "OBNAM".getBytes(StandardCharsets.US_ASCII);

    /// Appends the 48 bytes.
    public void write(ByteWriter out) {
        out.raw(MAGIC)
                .u8(letter(kind))
                .u8(VERSION)
                .u8(suite)
                .u32(keyNumber)
                .u32(0)
                .raw(salt);
    }

    /// Reads and checks the 48 bytes.
    ///
    /// @param expected the kind the object must have
    /// @param subject what to name in errors
    public static ObjectHeader read(ByteReader in, ObjectKind expected, Object subject) {
        for (byte letter : MAGIC) {
            if (in.u8() != letter) {
                throw in.damage("this is not an object of a repository");
            }
        }
        if (in.u8() != letter(expected)) {
            throw in.damage("this is an object of another kind");
        }
        int version = in.u8();
        if (version != VERSION) {
            throw version > VERSION ? tooNew(version, subject) : in.damage("the format version is 0");
        }
        int suite = in.u8();
        int keyNumber = in.u32(Integer.MAX_VALUE);
        in.zeros(4);
        return new ObjectHeader(expected, suite, keyNumber, in.raw(SALT_LENGTH));
    }

    private static UsageException tooNew(int version, Object subject) {
        return new UsageException(
                "format version " + version + " is newer than this program, which reads up to " + VERSION,
                subject.toString(),
                "Install a newer version");
    }

    /// The letter that stands for a kind.
    static int letter(ObjectKind kind) {
        return switch (kind) {
            case CONFIG -> 'C';
            case KEY -> 'K';
            case PACK -> 'P';
            case INDEX -> 'I';
            case SNAPSHOT -> 'S';
            case NOTICE -> 'N';
        };
    }
}
