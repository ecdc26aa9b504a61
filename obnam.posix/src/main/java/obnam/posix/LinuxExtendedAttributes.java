package obnam.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Extended attributes of an open file, or of an entry of an open directory.
///
/// The calls that take a path have no variant relative to a descriptor (before Linux 6.13); the directory is
/// therefore named as `/proc/self/fd/N`, which leads to the very directory that is open, and the variants that do
/// not follow a symlink at the end are used.
final class LinuxExtendedAttributes {
    // The kernel allocates as much as the caller offers: offer little first, then the most it can need.
    private static final int SMALL = 1024;
    private static final int LARGEST = 64 << 10;

    private final SystemCalls calls;
    private final long target;
    private final byte[] shown;
    private final boolean open;

    private LinuxExtendedAttributes(SystemCalls calls, long target, byte[] shown, boolean open) {
        this.calls = calls;
        this.target = target;
        this.shown = shown;
        this.open = open;
    }

    static LinuxExtendedAttributes of(Descriptor descriptor) {
        return new LinuxExtendedAttributes(SystemCalls.current(), descriptor.number(), new byte[0], true);
    }

    static LinuxExtendedAttributes of(Descriptor directory, byte[] name) {
        SystemCalls calls = SystemCalls.current();
        byte[] prefix = ("/proc/self/fd/" + directory.number() + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] path = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, path, 0, prefix.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return new LinuxExtendedAttributes(calls, calls.name(path), name, false);
    }

    List<ExtendedAttribute> list() {
        long length = sized(
                (address, size) -> calls.call(open ? Kernel.FLISTXATTR : Kernel.LLISTXATTR, target, address, size));
        if (length == 0 || length == -Errno.EOPNOTSUPP || length == -Errno.ENOSYS) {
            return List.of();
        }
        Descriptor.check(length, "list the extended attributes of", shown);
        byte[] names = new byte[(int) length];
        calls.result().view().get(0, names);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (byte[] name : split(names)) {
            get(name).ifPresent(value -> attributes.add(new ExtendedAttribute(name, value)));
        }
        return List.copyOf(attributes);
    }

    /// Names, each ended by NUL, in order.
    private static List<byte[]> split(byte[] names) {
        List<byte[]> list = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < names.length; at++) {
            if (names[at] == 0) {
                if (at > start) {
                    list.add(Arrays.copyOfRange(names, start, at));
                }
                start = at + 1;
            }
        }
        list.sort(FileNames::compare);
        return list;
    }

    private Optional<byte[]> get(byte[] attribute) {
        long name = calls.otherName(attribute);
        long length = sized(
                (address, size) -> calls.call(open ? Kernel.FGETXATTR : Kernel.LGETXATTR, target, name, address, size));
        if (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) {
            return Optional.empty();
        }
        Descriptor.check(length, "read extended attribute " + FileNames.display(attribute) + " of", shown);
        byte[] value = new byte[(int) length];
        calls.result().view().get(0, value);
        return Optional.of(value);
    }

    void set(ExtendedAttribute attribute) {
        byte[] value = attribute.value();
        String operation = "set extended attribute " + FileNames.display(attribute.name()) + " of";
        if (value.length > LARGEST) {
            throw new PosixException(Errno.E2BIG, operation, shown);
        }
        long name = calls.otherName(attribute.name());
        calls.result().view().put(0, value);
        int number = open ? Kernel.FSETXATTR : Kernel.LSETXATTR;
        long outcome = calls.call(number, target, name, calls.result().address(), value.length, 0, 0);
        Descriptor.check(outcome, operation, shown);
    }

    void remove(byte[] attribute) {
        FileNames.requireNoNul(attribute);
        long name = calls.otherName(attribute);
        long outcome = calls.call(open ? Kernel.FREMOVEXATTR : Kernel.LREMOVEXATTR, target, name, 0);
        Descriptor.check(outcome, "remove extended attribute " + FileNames.display(attribute) + " of", shown);
    }

    private long sized(Call call) {
        long address = calls.result().address();
        long length = call.into(address, SMALL);
        return length == -Errno.ERANGE ? call.into(address, LARGEST) : length;
    }

    private interface Call {
        long into(long address, int size);
    }
}
