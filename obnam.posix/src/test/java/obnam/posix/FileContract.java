package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Contents and metadata of files, the same for every implementation.
abstract class FileContract extends DirectoryContract {
    private static final Timestamp BEFORE_1970 = new Timestamp(-86_401, 0);
    private static final Timestamp RECENT = new Timestamp(1_700_000_000, 987_654_321);

    @Test
    void whatIsWrittenAnywhereIsReadBack() {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);

        try (OutputFile file = directory.createFile(name("file"), 0600)) {
            file.write(1_000_000, content, 1_000_000, 2_000_000);
            file.write(0, content, 0, 1_000_000);
            byte[] part = new byte[300];
            assertThat(file.read(999_900, part, 100, 200)).isEqualTo(200);
            assertThat(Arrays.copyOfRange(part, 100, 300)).isEqualTo(Arrays.copyOfRange(content, 999_900, 1_000_100));
            assertThat(file.status().size()).isEqualTo(content.length);
        }
        assertThat(content(name("file"))).isEqualTo(content);
    }

    @Test
    void readingEndsAtTheEnd() {
        create(name("file"), new byte[10]);
        byte[] buffer = new byte[20];

        try (InputFile file = directory.openFile(name("file"))) {
            assertThat(file.read(4, buffer, 0, 20)).isEqualTo(6);
            assertThat(file.read(10, buffer, 0, 20)).isEqualTo(-1);
            assertThat(file.read(1L << 40, buffer, 0, 20)).isEqualTo(-1);
            assertThat(file.read(0, buffer, 20, 0)).isZero();
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> file.read(0, buffer, 10, 11));
            file.adviseSequential();
            file.adviseDontNeed(0, 0);
        }
    }

    @Test
    void updatingKeepsTheRestOfTheFile() {
        create(name("file"), name("0123456789"));

        try (OutputFile file = directory.openForUpdate(name("file"))) {
            file.write(3, name("abc"), 0, 3);
        }

        assertThat(content(name("file"))).isEqualTo(name("012abc6789"));
    }

    @Test
    void onlyRegularFilesAreUpdated() {
        directory.makeDirectory(name("folder"), 0700).close();

        PosixException refused = failure(() -> directory.openForUpdate(name("folder")));
        assertThat(refused.errorName()).isIn("EISDIR", "EOPNOTSUPP");
    }

    @Test
    void truncatingMakesTheFileExactlySoLong() {
        try (OutputFile file = directory.createFile(name("file"), 0600)) {
            file.write(0, name("0123456789"), 0, 10);
            file.truncate(4);
            file.truncate(100_000);
        }

        byte[] expected = new byte[100_000];
        System.arraycopy(name("0123"), 0, expected, 0, 4);
        assertThat(content(name("file"))).isEqualTo(expected);
    }

    @Test
    void aPunchedHoleReadsAsZerosAndTheSizeStays() {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 'x');
        try (OutputFile file = directory.createFile(name("file"), 0600)) {
            file.write(0, content, 0, content.length);
            file.punchHole(1_000, 200_000);
            file.punchHole(290_000, 1L << 40);
            file.punchHole(5, 0);
            assertThatIllegalArgumentException().isThrownBy(() -> file.punchHole(-1, 5));
        }

        Arrays.fill(content, 1_000, 201_000, (byte) 0);
        Arrays.fill(content, 290_000, 300_000, (byte) 0);
        assertThat(content(name("file"))).isEqualTo(content);
    }

    @Test
    void dataAndHolesCoverTheFile() {
        byte[] data = name("some data in the middle");
        long middle = 5 << 20;
        long size = 10 << 20;
        try (OutputFile file = directory.createFile(name("sparse"), 0600)) {
            file.truncate(size);
            file.write(middle, data, 0, data.length);
        }

        try (InputFile file = directory.openFile(name("sparse"))) {
            long first = file.nextData(0);
            assertThat(first).isBetween(0L, middle);
            assertThat(file.nextHole(first)).isBetween(middle + data.length, size);
            assertThat(file.nextData(middle + 1)).isEqualTo(middle + 1);
            assertThat(file.nextHole(size)).isEqualTo(size);
            long last = file.nextHole(middle);
            assertThat(file.nextData(last)).as("after the last hole").isEqualTo(size);
        }
    }

    @Test
    void aClosedFileRefusesToWork() {
        OutputFile output = directory.createFile(name("file"), 0600);
        output.close();
        output.close();
        InputFile input = directory.openFile(name("file"));
        input.close();
        input.close();

        assertThatIllegalStateException().isThrownBy(() -> output.write(0, name("x"), 0, 1));
        assertThatIllegalStateException().isThrownBy(output::status);
        assertThatIllegalStateException().isThrownBy(() -> output.setMode(0600));
        assertThatIllegalStateException().isThrownBy(() -> input.read(0, new byte[1], 0, 1));
        assertThatIllegalStateException().isThrownBy(input::status);
    }

    @Test
    void modesAreKeptWithAllTwelveBits() {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();

        for (int mode : List.of(0, 0777, 0400, 04755, 02755, 01777, 07777, 0640)) {
            directory.setMode(name("file"), mode | 0400);
            assertThat(directory.status(name("file")).mode()).isEqualTo(mode | 0400);
            directory.setMode(name("folder"), mode | 0700);
            assertThat(directory.status(name("folder")).mode()).isEqualTo(mode | 0700);
        }
        directory.setMode(SELF, 0750);
        assertThat(directory.status().mode()).isEqualTo(0750);
        try (OutputFile file = directory.createFile(name("other"), 0600)) {
            file.setMode(04711);
            assertThat(file.status().mode()).isEqualTo(04711);
        }
    }

    @Test
    void createdFilesAndDirectoriesArePrivateIfAskedFor() {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();

        assertThat(directory.status(name("file")).mode()).isEqualTo(0600);
        assertThat(directory.status(name("folder")).mode()).isEqualTo(0700);
    }

    @Test
    void timesAreKeptToTheNanosecondAndBefore1970() {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();
        for (byte[] name : List.of(name("file"), name("folder"))) {
            directory.setTimes(name, RECENT, BEFORE_1970);
            FileStatus status = directory.status(name);
            assertThat(status.accessed()).isEqualTo(RECENT);
            assertThat(status.modified()).isEqualTo(BEFORE_1970);
        }

        directory.setTimes(SELF, BEFORE_1970, RECENT);
        assertThat(directory.status().accessed()).isEqualTo(BEFORE_1970);
        assertThat(directory.status().modified()).isEqualTo(RECENT);
        try (OutputFile file = directory.openForUpdate(name("file"))) {
            file.setTimes(BEFORE_1970, RECENT);
            assertThat(file.status().accessed()).isEqualTo(BEFORE_1970);
            assertThat(file.status().modified()).isEqualTo(RECENT);
        }
    }

    @Test
    void anOmittedTimeStaysAsItIs() {
        create("file");
        directory.setTimes(name("file"), RECENT, BEFORE_1970);

        directory.setTimes(name("file"), Timestamp.OMIT, RECENT);
        assertThat(directory.status(name("file")).accessed()).isEqualTo(RECENT);
        directory.setTimes(name("file"), BEFORE_1970, Timestamp.OMIT);
        assertThat(directory.status(name("file")).accessed()).isEqualTo(BEFORE_1970);
        assertThat(directory.status(name("file")).modified()).isEqualTo(RECENT);
    }

    @Test
    void aSymlinkHasTimesOfItsOwn() {
        create("file");
        FileStatus before = directory.status(name("file"));
        directory.makeSymlink(name("symlink"), name("file"));

        directory.setTimes(name("symlink"), RECENT, BEFORE_1970);

        assertThat(directory.status(name("symlink")).modified()).isEqualTo(BEFORE_1970);
        assertThat(directory.status(name("file"))).isEqualTo(before);
    }

    @Test
    void theOwnerIsSetByTheSuperuserOnly() throws Throwable {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));
        FileStatus own = directory.status(name("file"));
        directory.setOwner(name("file"), own.uid(), own.gid());

        ifPermitted(() -> directory.setOwner(name("symlink"), 12_345, 4_294_967_293L), () -> {
            FileStatus status = directory.status(name("symlink"));
            assertThat(status.uid()).isEqualTo(12_345);
            assertThat(status.gid()).isEqualTo(4_294_967_293L);
        });
        assertThat(directory.status(name("file")).uid()).isEqualTo(own.uid());
        assertThatIllegalArgumentException().isThrownBy(() -> directory.setOwner(name("file"), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> directory.setOwner(name("file"), 0, 0xffff_ffffL));
    }

    @Test
    void userAttributesAreSetListedReplacedAndRemoved() throws Throwable {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();
        ExtendedAttribute first = new ExtendedAttribute(name("user.a"), new byte[] {0, 1, (byte) 0xff});
        ExtendedAttribute second = new ExtendedAttribute(name("user.b"), SELF);
        ExtendedAttribute replaced = new ExtendedAttribute(name("user.a"), name("new"));
        for (byte[] name : List.of(name("file"), name("folder"), SELF)) {
            assertThat(userAttributes(name)).isEmpty();
            ifSupported(() -> directory.setExtendedAttribute(name, second), () -> {
                directory.setExtendedAttribute(name, first);
                assertThat(userAttributes(name)).containsExactly(first, second);
                directory.setExtendedAttribute(name, replaced);
                directory.removeExtendedAttribute(name, name("user.b"));
                assertThat(userAttributes(name)).containsExactly(replaced);
                PosixException gone = failure(() -> directory.removeExtendedAttribute(name, name("user.b")));
                assertThat(gone.errorName()).isEqualTo("ENODATA");
            });
        }
        assertThat(userAttributes(name("."))).isEqualTo(userAttributes(SELF));
        try (InputFile file = directory.openFile(name("file"))) {
            assertThat(file.extendedAttributes()).isEqualTo(directory.extendedAttributes(name("file")));
        }
    }

    /// Security modules may add attributes of their own.
    List<ExtendedAttribute> userAttributes(byte[] name) {
        return directory.extendedAttributes(name).stream()
                .filter(attribute -> FileNames.display(attribute.name()).startsWith("user."))
                .toList();
    }

    @Test
    void flagsThatAreNotSetNeedNoSupport() {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));

        directory.setFileFlags(name("file"), 0);
        assertThat(directory.fileFlags(name("file"))).isZero();
        assertThat(directory.fileFlags(name("symlink"))).isZero();
    }

    @Test
    void filesAreSyncedToDisk() {
        try (OutputFile file = directory.createFile(name("file"), 0600)) {
            file.write(0, name("x"), 0, 1);
            file.sync();
        }
        directory.sync();
        assertThat(content(name("file"))).isEqualTo(name("x"));
    }
}
