package obnam.posix;

import java.util.Arrays;

/// A name and a value attached to a file. POSIX ACLs, capabilities and security labels are extended attributes too
/// (`system.posix_acl_access`, `security.capability`, `security.selinux`).
///
/// Equality is by content. The arrays are not copied: whoever makes or receives an attribute must not change them.
///
/// @param name with its namespace, such as `user.comment`; 1 to 255 bytes on Linux, without NUL
/// @param value any bytes, at most 64 KiB on Linux
// Arrays, since both are bytes to the kernel; equality and text are by content below.
@SuppressWarnings("ArrayRecordComponent")
public record ExtendedAttribute(byte[] name, byte[] value) {
    /// @throws IllegalArgumentException if the name is empty or holds a NUL byte
    public ExtendedAttribute {
        if (name.length == 0) {
            throw new IllegalArgumentException("an extended attribute needs a name");
        }
        FileNames.requireNoNul(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttribute(byte[] otherName, byte[] otherValue)
                && Arrays.equals(name, otherName)
                && Arrays.equals(value, otherValue);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "%s (%d bytes)".formatted(FileNames.display(name), value.length);
    }
}
