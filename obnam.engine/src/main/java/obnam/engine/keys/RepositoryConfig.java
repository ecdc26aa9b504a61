package obnam.engine.keys;

import obnam.api.ChunkSizes;
import obnam.api.ObjectKind;
import obnam.engine.RepositoryId;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.ObjectHeader;

/// What the CONFIG object says; section 3.3 of the format. Authenticated by its SHA-256 in every KEY object.
///
/// @param repository which repository this is
/// @param chunker name of the chunker
/// @param sizes its sizes
/// @param hasher name of the hasher
/// @param suite the cipher suite that new objects use
public record RepositoryConfig(RepositoryId repository, String chunker, ChunkSizes sizes, String hasher, int suite) {

    /// No CONFIG is longer, in bytes.
    public static final int LIMIT = 64 << 10;

    private static final int NAME_LIMIT = 32;
    private static final int CHUNKER = 1;
    private static final int SIZES = 2;
    private static final int HASHER = 3;
    private static final int SUITE = 4;

    /// The bytes of the object.
    public byte[] encode() {
        ByteWriter out = new ByteWriter(256);
        new ObjectHeader(ObjectKind.CONFIG, 0, 0, repository.toBytes()).write(out);
        out.field(CHUNKER, chunker.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.field(
                SIZES,
                new ByteWriter(32)
                        .varint(sizes.minimum())
                        .varint(sizes.normal())
                        .varint(sizes.maximum()));
        out.field(HASHER, hasher.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.field(SUITE, new ByteWriter(1).u8(suite));
        return out.toBytes();
    }

    /// Reads the object.
    public static RepositoryConfig decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "config");
        ObjectHeader header = ObjectHeader.read(in, ObjectKind.CONFIG, "config");
        Draft draft = new Draft();
        in.fields(draft::field);
        return draft.finish(RepositoryId.of(header.salt()), in);
    }

    /// The fields as they come.
    private static final class Draft {
        private String chunker = "";
        private String hasher = "";
        private int suite;
        private int minimum;
        private int normal;
        private int maximum;

        boolean field(int tag, ByteReader value) {
            switch (tag) {
                case CHUNKER -> chunker = name(value);
                case SIZES -> {
                    minimum = value.count(ChunkSizes.LARGEST);
                    normal = value.count(ChunkSizes.LARGEST);
                    maximum = value.count(ChunkSizes.LARGEST);
                    value.nothing();
                }
                case HASHER -> hasher = name(value);
                case SUITE -> suite = value.u8();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static String name(ByteReader value) {
            if (value.remaining() > NAME_LIMIT) {
                throw value.damage("a name is too long");
            }
            return new String(value.raw(value.remaining()), java.nio.charset.StandardCharsets.UTF_8);
        }

        RepositoryConfig finish(RepositoryId id, ByteReader in) {
            try {
                ChunkSizes sizes = new ChunkSizes(minimum, normal, maximum);
                return new RepositoryConfig(id, chunker, sizes, hasher, suite);
            } catch (IllegalArgumentException e) {
                throw in.damage("the chunk sizes are out of range");
            }
        }
    }
}
