package obnam.engine;

import java.util.HexFormat;
import obnam.api.ObjectName;

/// Which repository: 32 random bytes, chosen when it was made. Not secret.
///
/// @param hex 64 lower-case hexadecimal digits
public record RepositoryId(String hex) {

    /// @throws IllegalArgumentException if `hex` is not of the form above
    public RepositoryId {
        if (!ObjectName.isHex(hex)) {
            throw new IllegalArgumentException("not a repository id: " + hex);
        }
    }

    /// The id with these 32 bytes.
    public static RepositoryId of(byte[] bytes) {
        return new RepositoryId(HexFormat.of().formatHex(bytes));
    }

    /// The 32 bytes, in a new array.
    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }

    // Written out because every start compares one: what a record has by itself takes milliseconds to link.
    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryId(String theirs) && hex.equals(theirs);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return hex;
    }
}
