package obnam.api;

/// The name of an object in a store.
///
/// The name of each object but CONFIG is the SHA-256 of its bytes, so anybody can verify an object without keys.
///
/// @param kind which of the kinds
/// @param hex 64 lower-case hexadecimal digits; empty for [ObjectKind#CONFIG]
public record ObjectName(ObjectKind kind, String hex) implements Comparable<ObjectName> {

    /// The only object of kind [ObjectKind#CONFIG].
    public static final ObjectName CONFIG = new ObjectName(ObjectKind.CONFIG, "");

    /// Length of the hexadecimal part in characters.
    public static final int HEX_LENGTH = 64;

    /// @throws IllegalArgumentException if `hex` is not of the form above; see [#isHex] for untrusted input
    public ObjectName {
        if (kind == ObjectKind.CONFIG ? !hex.isEmpty() : !isHex(hex)) {
            throw new IllegalArgumentException("not an object name: " + kind + " '" + hex + "'");
        }
    }

    /// Whether `text` is 64 lower-case hexadecimal digits. Listings of a store may hold other names; these are
    /// skipped.
    public static boolean isHex(String text) {
        if (text.length() != HEX_LENGTH) {
            return false;
        }
        for (int i = 0; i < HEX_LENGTH; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    // Written out because names of packs are looked up for every chunk: what a record has by itself is linked at run
    // time.
    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectName(ObjectKind otherKind, String otherHex)
                && kind == otherKind
                && hex.equals(otherHex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(ObjectName other) {
        int order = kind.compareTo(other.kind);
        return order != 0 ? order : hex.compareTo(other.hex);
    }

    /// `config`, or the kind in lower case and the digits, as in `pack/00ab…`.
    @Override
    public String toString() {
        String prefix = kind.name().toLowerCase(java.util.Locale.ROOT);
        return kind == ObjectKind.CONFIG ? prefix : prefix + "/" + hex;
    }
}
