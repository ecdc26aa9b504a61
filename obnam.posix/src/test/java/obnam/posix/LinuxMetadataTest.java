package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Metadata that only system calls reach: nodes, access control lists, capabilities, flags. Passes for the
/// superuser and for others: what is not permitted must be refused as such.
@EnabledOnOs(OS.LINUX)
class LinuxMetadataTest extends FileSystemContract {
    @Override
    FileSystem createFileSystem() {
        return new LinuxFileSystem();
    }

    @Test
    void fifosAndSocketsAreMade() {
        directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);
        directory.makeNode(name("socket"), FileType.SOCKET, 0600, 0, 0);

        assertThat(directory.status(name("fifo")).type()).isEqualTo(FileType.FIFO);
        assertThat(directory.status(name("socket")).type()).isEqualTo(FileType.SOCKET);
        directory.setMode(name("socket"), 0710);
        assertThat(directory.status(name("socket")).mode()).isEqualTo(0710);
        PosixException taken = failure(() -> directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0));
        assertThat(taken.isExists()).isTrue();
    }

    @Test
    void deviceNodesKeepTheirNumbers() throws Throwable {
        int[][] numbers = {{1, 3}, {254, 257}, {0xfff, 0xfffff}};
        for (int[] number : numbers) {
            for (FileType type : List.of(FileType.BLOCK_DEVICE, FileType.CHARACTER_DEVICE)) {
                byte[] name = name(type + "-" + number[1]);
                ifPermitted(() -> directory.makeNode(name, type, 0600, number[0], number[1]), () -> {
                    FileStatus status = directory.status(name);
                    assertThat(status.type()).isEqualTo(type);
                    assertThat(status.deviceMajor()).isEqualTo(number[0]);
                    assertThat(status.deviceMinor()).isEqualTo(number[1]);
                });
            }
        }
    }

    @Test
    void onlyNodesAreMadeAsNodes() {
        for (FileType type : List.of(FileType.REGULAR, FileType.DIRECTORY, FileType.SYMLINK, FileType.UNKNOWN)) {
            assertThatIllegalArgumentException().isThrownBy(() -> directory.makeNode(name("x"), type, 0600, 0, 0));
        }
    }

    @Test
    void accessControlListsAreAttributes() throws Throwable {
        create("file");
        ExtendedAttribute list = accessControlList();

        ifSupported(() -> directory.setExtendedAttribute(name("file"), list), () -> {
            assertThat(directory.extendedAttributes(name("file"))).contains(list);
            try (OutputFile file = directory.createFile(name("copy"), 0600)) {
                file.setExtendedAttribute(list);
            }
            assertThat(directory.extendedAttributes(name("copy"))).contains(list);
            assertThat(directory.status(name("copy")).mode()).isEqualTo(0664);
        });
    }

    /// Version 2, then entries of tag, permissions and id: owner, user 1000, group, mask, others.
    private static ExtendedAttribute accessControlList() {
        int none = -1;
        int[][] entries = {{0x01, 6, none}, {0x02, 6, 1000}, {0x04, 4, none}, {0x10, 6, none}, {0x20, 4, none}};
        ByteBuffer value = ByteBuffer.allocate(4 + 8 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(2);
        for (int[] entry : entries) {
            value.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return new ExtendedAttribute(name("system.posix_acl_access"), value.array());
    }

    @Test
    void capabilitiesAreAttributes() throws Throwable {
        create("file");
        // Revision 2: magic, then permitted and inheritable sets, low and high words; here CAP_NET_RAW is permitted.
        ByteBuffer value = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(0x0200_0001).putInt(1 << 13);
        ExtendedAttribute capability = new ExtendedAttribute(name("security.capability"), value.array());

        ifPermitted(
                () -> directory.setExtendedAttribute(name("file"), capability),
                () -> assertThat(directory.extendedAttributes(name("file"))).contains(capability));
    }

    @Test
    void attributesOfASymlinkAreItsOwn() throws Throwable {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));
        ExtendedAttribute user = new ExtendedAttribute(name("user.x"), name("value"));
        ExtendedAttribute trusted = new ExtendedAttribute(name("trusted.x"), name("value"));

        PosixException refused = failure(() -> directory.setExtendedAttribute(name("symlink"), user));
        assertThat(refused.isPermission() || refused.isNotSupported()).isTrue();
        ifPermitted(
                () -> directory.setExtendedAttribute(name("symlink"), trusted),
                () -> assertThat(directory.extendedAttributes(name("symlink"))).contains(trusted));
        assertThat(directory.extendedAttributes(name("file"))).doesNotContain(trusted);
    }

    @Test
    void attributesOfSpecialFilesAreRead() {
        directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);

        assertThat(directory.extendedAttributes(name("fifo")))
                .allSatisfy(attribute ->
                        assertThat(FileNames.display(attribute.name())).startsWith("security."));
        assertThat(directory.fileFlags(name("fifo"))).isZero();
        PosixException refused = failure(() -> directory.setFileFlags(name("fifo"), FileFlags.NO_DUMP));
        assertThat(refused.isNotSupported()).isTrue();
    }

    @Test
    void manyAndLongAttributesAreRead() throws Throwable {
        create("file");
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            byte[] name = new byte[200];
            Arrays.fill(name, (byte) 'n');
            System.arraycopy(name("user.a" + i), 0, name, 0, 7);
            attributes.add(new ExtendedAttribute(name, SELF));
        }
        byte[] value = new byte[1500];
        Arrays.fill(value, (byte) 'v');
        attributes.add(new ExtendedAttribute(name("user.z"), value));

        ifSupported(() -> directory.setExtendedAttribute(name("file"), attributes.getFirst()), () -> {
            attributes.forEach(attribute -> directory.setExtendedAttribute(name("file"), attribute));
            assertThat(directory.extendedAttributes(name("file"))).containsSubsequence(attributes);
        });
    }

    @Test
    void anAttributeTooLargeForAnyFileSystemIsRefused() {
        create("file");
        ExtendedAttribute huge = new ExtendedAttribute(name("user.x"), new byte[65_537]);

        PosixException refused = failure(() -> directory.setExtendedAttribute(name("file"), huge));
        assertThat(refused.isNotRepresentable()).isTrue();
    }

    @Test
    void fileFlagsAreGivenBack() throws Throwable {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();
        int flags = FileFlags.NO_DUMP | FileFlags.NO_ACCESS_TIME;

        for (byte[] name : List.of(name("file"), name("folder"), SELF)) {
            ifSupported(() -> directory.setFileFlags(name, flags), () -> {
                assertThat(directory.fileFlags(name)).isEqualTo(flags);
                directory.setFileFlags(name, 0);
                assertThat(directory.fileFlags(name)).isZero();
            });
        }
        try (OutputFile file = directory.openForUpdate(name("file"))) {
            ifSupported(() -> file.setFileFlags(flags), () -> {
                try (InputFile same = directory.openFile(name("file"))) {
                    assertThat(same.fileFlags()).isEqualTo(flags);
                }
            });
        }
    }

    @Test
    void theModeIsSetByReferenceWhereTheKernelIsOld() {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));
        SystemCalls calls = SystemCalls.current();
        long opened = calls.call(Kernel.OPENAT, Kernel.AT_FDCWD, calls.name(bytes(folder)), Kernel.O_CLOEXEC, 0);
        Descriptor self = new Descriptor(opened);
        try {
            assertThat(ModeSetter.byReference(calls, self, name("file"), 04751)).isZero();
            assertThat(ModeSetter.byReference(calls, self, name("symlink"), 0777))
                    .isEqualTo(-Errno.EOPNOTSUPP);
        } finally {
            self.close();
        }
        assertThat(directory.status(name("file")).mode()).isEqualTo(04751);
    }
}
