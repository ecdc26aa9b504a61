package obnam.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileFlags;
import obnam.posix.FileNames;
import obnam.posix.FileType;
import obnam.posix.Timestamp;

/// Times, modes, owners, extended attributes and file flags.
final class HostileMetadata {

    private static final List<Timestamp> TIMES = List.of(
            new Timestamp(0, 0),
            new Timestamp(0, 1),
            new Timestamp(-1, 999_999_999),
            new Timestamp(-1, 0),
            new Timestamp(-62_135_596_800L, 5), // year 1
            new Timestamp(Integer.MIN_VALUE, 0),
            new Timestamp(Integer.MIN_VALUE, 999_999_999),
            new Timestamp(Integer.MAX_VALUE, 999_999_999),
            new Timestamp(1L << 31, 0),
            new Timestamp((1L << 32) + 7, 123_456_789),
            // From 2262 on nanoseconds since 1970 do not fit 64 bits.
            new Timestamp(Long.MAX_VALUE / 1_000_000_000, 854_775_807),
            new Timestamp(Long.MAX_VALUE / 1_000_000_000 + 1, 1),
            // The last second of ext4 (year 2446), and the first after it.
            new Timestamp(15_032_385_535L, 999_999_999),
            new Timestamp(15_032_385_536L, 0),
            new Timestamp(253_402_300_800L, 0)); // year 10000

    private static final int[] MODES = {
        0000, 0001, 0002, 0004, 0200, 0400, 0444, 0600, 0644, 0755, 0777, 01644, 01777, 02644, 02755, 04711, 04755,
        06755, 07777, 07000
    };

    private static final byte[] SELF = {};
    private static final byte[] ACCESS_ACL = FileNames.of("system.posix_acl_access");
    private static final byte[] DEFAULT_ACL = FileNames.of("system.posix_acl_default");
    private static final byte[] CAPABILITY = FileNames.of("security.capability");
    /// The largest id: the one above it means "leave as it is".
    private static final long LAST_ID = 0xffff_fffeL;

    private HostileMetadata() {}

    static void times(Ground ground) {
        Directory directory = ground.directory();
        for (Timestamp time : TIMES) {
            byte[] file = FileNames.of("file " + time.seconds() + "." + time.nanoseconds());
            byte[] folder = FileNames.of("directory " + time.seconds() + "." + time.nanoseconds());
            byte[] link = FileNames.of("symlink " + time.seconds() + "." + time.nanoseconds());
            ground.file(file, file);
            ground.within(folder, inner -> inner.file("in it"));
            ground.symlink(link, FileNames.of("x"));
            for (byte[] name : List.of(file, folder, link)) {
                ground.attempt("time " + time, () -> directory.setTimes(name, time, time));
            }
        }
    }

    /// Without privileges only what the owner can read again.
    static void modes(Ground ground) {
        Directory directory = ground.directory();
        for (int mode : MODES) {
            byte[] file = FileNames.of("file %04o".formatted(mode));
            byte[] folder = FileNames.of("directory %04o".formatted(mode));
            if (ground.privileged() || (mode & 0400) != 0) {
                ground.file(file, file);
                directory.setMode(file, mode);
            }
            if (ground.privileged() || (mode & 0500) == 0500) {
                ground.within(folder, inner -> inner.file("in it"));
                directory.setMode(folder, mode);
            }
        }
        ground.attempt("setgid FIFO", () -> {
            byte[] fifo = FileNames.of("fifo");
            ground.node(fifo, FileType.FIFO, 0600, 0, 0);
            directory.setMode(fifo, 07123);
        });
    }

    static void owners(Ground ground) {
        if (!ground.privileged()) {
            ground.leftOut().add("owners: not the superuser");
            return;
        }
        long[][] owners = {
            {1, 2}, {0, 7}, {65_534, 65_534}, {12_345_678, 87_654_321}, {LAST_ID, LAST_ID}, {0x8000_0000L, 5}
        };
        Directory directory = ground.directory();
        for (long[] owner : owners) {
            String text = owner[0] + " " + owner[1];
            byte[] file = FileNames.of("setuid of " + text);
            byte[] folder = FileNames.of("directory of " + text);
            byte[] link = FileNames.of("symlink of " + text);
            ground.file(file, file);
            ground.within(folder, inner -> inner.file("in it"));
            ground.symlink(link, FileNames.of("x"));
            for (byte[] name : List.of(file, folder, link)) {
                ground.attempt("owner " + text, () -> directory.setOwner(name, owner[0], owner[1]));
            }
            directory.setMode(file, 06755);
        }
    }

    static void attributes(Ground ground) {
        on(ground, "empty value", new ExtendedAttribute(FileNames.of("user.empty"), SELF));
        on(ground, "value of zeros", new ExtendedAttribute(FileNames.of("user.zeros"), new byte[7]));
        on(
                ground,
                "strange names",
                new ExtendedAttribute(new byte[] {'u', 's', 'e', 'r', '.', (byte) 0xff, '\n', 27}, SELF));
        on(ground, "longest name", new ExtendedAttribute(FileNames.of("user." + "n".repeat(250)), FileNames.of("v")));
        on(ground, "100 of them", hundred());
        large(ground);
        on(ground, "access list", new ExtendedAttribute(ACCESS_ACL, accessList(7, 5, 0)));
        on(ground, "access list that the mask limits", new ExtendedAttribute(ACCESS_ACL, accessList(6, 1, 4)));
        ground.within("default list", inner -> {
            inner.attempt(
                    "default ACL",
                    () -> inner.directory()
                            .setExtendedAttribute(SELF, new ExtendedAttribute(DEFAULT_ACL, accessList(7, 7, 1))));
            // Made below it, so they inherit it.
            inner.file("heir");
            inner.within("heirs", below -> below.file("heir"));
        });
        if (ground.privileged()) {
            on(ground, "capability", new ExtendedAttribute(CAPABILITY, capability()));
            byte[] link = FileNames.of("symlink");
            ground.symlink(link, FileNames.of("x"));
            ground.attempt(
                    "trusted attribute of a symlink",
                    () -> ground.directory()
                            .setExtendedAttribute(
                                    link, new ExtendedAttribute(FileNames.of("trusted.a"), FileNames.of("b"))));
        }
    }

    private static void on(Ground ground, String name, ExtendedAttribute... attributes) {
        ground.file(name);
        for (ExtendedAttribute attribute : attributes) {
            ground.attempt(
                    attribute.toString(), () -> ground.directory().setExtendedAttribute(FileNames.of(name), attribute));
        }
    }

    private static ExtendedAttribute[] hundred() {
        ExtendedAttribute[] attributes = new ExtendedAttribute[100];
        for (int i = 0; i < attributes.length; i++) {
            attributes[i] = new ExtendedAttribute(FileNames.of("user." + i), FileNames.of("" + i * i));
        }
        return attributes;
    }

    /// The largest value of these that the file system takes; ext4 has 4 KiB for all of a file.
    private static void large(Ground ground) {
        for (int length : new int[] {65_536, 32_768, 3_500, 900}) {
            byte[] value = new byte[length];
            new SplittableRandom(length).nextBytes(value);
            String name = "value of " + length + " bytes";
            ground.file(name);
            if (ground.attempt(
                    name,
                    () -> ground.directory()
                            .setExtendedAttribute(
                                    FileNames.of(name), new ExtendedAttribute(FileNames.of("user.large"), value)))) {
                return;
            }
        }
    }

    /// `struct posix_acl_xattr_header`: version 2, then tag, permission and id of each entry, little-endian.
    private static byte[] accessList(int user, int mask, int other) {
        ByteBuffer list =
                ByteBuffer.allocate(4 + 8 * 7).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        int none = -1;
        entry(list, 0x01, 6, none);
        entry(list, 0x02, user, 1);
        entry(list, 0x02, 0, 4_000_000_000L);
        entry(list, 0x04, 4, none);
        entry(list, 0x08, 5, 12_345);
        entry(list, 0x10, mask, none);
        entry(list, 0x20, other, none);
        return list.array();
    }

    private static void entry(ByteBuffer list, int tag, int permissions, long id) {
        list.putShort((short) tag).putShort((short) permissions).putInt((int) id);
    }

    /// `struct vfs_cap_data` of revision 2: cap_net_raw permitted and effective.
    private static byte[] capability() {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0200_0001)
                .putInt(1 << 13)
                .array();
    }

    /// Those that hinder changes only if they can be taken back, or nobody could remove the tree.
    static void flags(Ground ground) {
        flagged(ground, "no dump", FileFlags.NO_DUMP);
        flagged(ground, "no access time, synchronous", FileFlags.NO_ACCESS_TIME | FileFlags.SYNCHRONOUS);
        flagged(ground, "top of a hierarchy", FileFlags.TOP_DIRECTORY);
        if (ground.privileged()) {
            flagged(ground, "immutable", FileFlags.IMMUTABLE);
            flagged(ground, "append only", FileFlags.APPEND_ONLY | FileFlags.NO_DUMP);
        }
    }

    private static void flagged(Ground ground, String text, int flags) {
        Directory directory = ground.directory();
        byte[] file = FileNames.of("file " + text);
        byte[] folder = FileNames.of("directory " + text);
        ground.file(file, file);
        ground.within(folder, inner -> inner.file("in it"));
        for (byte[] name : List.of(file, folder)) {
            ground.attempt("flags " + FileNames.display(name), () -> {
                directory.setFileFlags(name, flags);
                directory.setFileFlags(name, 0);
                directory.setFileFlags(name, flags);
            });
        }
    }
}
