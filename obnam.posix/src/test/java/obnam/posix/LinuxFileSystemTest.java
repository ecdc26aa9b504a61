package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The Linux implementation keeps the contract and does what java.nio cannot.
@EnabledOnOs(OS.LINUX)
class LinuxFileSystemTest extends FileContract {
    @Override
    FileSystem createFileSystem() {
        return new LinuxFileSystem();
    }

    @Test
    void itIsTheLocalFileSystemHere() {
        assertThat(FileSystem.local()).isInstanceOf(LinuxFileSystem.class).isSameAs(FileSystem.local());
    }

    @Test
    void bothImplementationsTellTheSameStatus() {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));
        try (Directory other = new NioFileSystem().open(bytes(folder))) {
            for (byte[] name : List.of(name("file"), name("symlink"))) {
                FileStatus one = directory.status(name);
                FileStatus two = other.status(name);
                assertThat(two.type()).isEqualTo(one.type());
                assertThat(two.mode()).isEqualTo(one.mode());
                assertThat(two.inode()).isEqualTo(one.inode());
                assertThat(two.uid()).isEqualTo(one.uid());
                assertThat(two.gid()).isEqualTo(one.gid());
                assertThat(two.size()).isEqualTo(one.size());
                assertThat(two.linkCount()).isEqualTo(one.linkCount());
                assertThat(two.modified()).isEqualTo(one.modified());
                assertThat(two.changed()).isEqualTo(one.changed());
            }
        }
        assertThat(new NioFileSystem().privileged()).isEqualTo(files.privileged());
    }

    @Test
    void deviceNodesAndMountPointsAreTold() {
        FileStatus device = files.status(name("/dev/null"));
        assertThat(device.type()).isEqualTo(FileType.CHARACTER_DEVICE);
        assertThat(device.deviceMajor()).isEqualTo(1);
        assertThat(device.deviceMinor()).isEqualTo(3);
        assertThat(files.status(name("/proc")).mountRoot()).isTrue();
        assertThat(directory.makeDirectory(name("folder"), 0700).status().mountRoot())
                .isFalse();
        assertThat(new NioFileSystem().status(name("/dev/null")).deviceMinor()).isEqualTo(3);
    }

    @Test
    void aDirectoryDeeperThanAnyPathIsWalkedBothWays() {
        byte[] step = new byte[255];
        Arrays.fill(step, (byte) 'd');
        int depth = 100;
        Directory at = files.open(bytes(folder));
        for (int i = 0; i < depth; i++) {
            Directory next = at.makeDirectory(step, 0700);
            at.close();
            at = next;
        }
        create(at, "deepest");
        assertThat(at.list().size()).isEqualTo(1);
        at.remove(name("deepest"));
        for (int i = 0; i < depth; i++) {
            Directory up = at.parent();
            at.close();
            at = up;
            at.removeDirectory(step);
        }
        assertThat(at.status().isSameFile(directory.status())).isTrue();
        at.close();
    }

    private static void create(Directory where, String name) {
        where.createFile(name(name), 0600).close();
    }

    @Test
    void readingDoesNotChangeTheAccessTimeOfOwnFiles() {
        create("file");
        Timestamp old = new Timestamp(1_000_000_000, 5);
        directory.setTimes(name("file"), old, Timestamp.OMIT);

        content(name("file"));

        assertThat(directory.status(name("file")).accessed()).isEqualTo(old);
    }

    @Test
    void timesBefore1970KeepTheirNanoseconds() {
        Timestamp before = new Timestamp(-86_401, 123_456_789);
        create("file");
        directory.setTimes(name("file"), before, new Timestamp(-1, 999_999_999));

        assertThat(directory.status(name("file")).accessed()).isEqualTo(before);
        assertThat(directory.status(name("file")).modified()).isEqualTo(new Timestamp(-1, 999_999_999));
    }

    @Test
    void timesFarAheadAreKeptOrClampedByTheFileSystem() {
        create("file");
        for (long seconds : List.of(1L << 31, 9_999_999_999L, 1L << 40, Long.MAX_VALUE / 4)) {
            directory.setTimes(name("file"), new Timestamp(seconds, 7), new Timestamp(seconds, 7));
            FileStatus status = directory.status(name("file"));
            assertThat(status.modified().seconds()).isBetween((1L << 31) - 1, seconds);
            assertThat(status.accessed()).isEqualTo(status.modified());
        }
    }

    @Test
    void aHundredGigabytesOfNothingTakeNoTime() {
        long size = 100L << 30;
        byte[] data = name("needle");
        try (OutputFile file = directory.createFile(name("huge"), 0600)) {
            file.truncate(size);
            file.write(size / 2, data, 0, data.length);
            assertThat(file.status().size()).isEqualTo(size);
            assertThat(file.status().blocks() * 512).isLessThan(1 << 20);
        }
        try (InputFile file = directory.openFile(name("huge"))) {
            long start = file.nextData(0);
            assertThat(start).isBetween(size / 2 - (1 << 20), size / 2);
            long end = file.nextHole(start);
            assertThat(end).isBetween(size / 2 + data.length, size / 2 + (1 << 20));
            assertThat(file.nextData(end)).isEqualTo(size);
        }
    }

    @Test
    void openingAFifoDoesNotWait() {
        directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);

        try (InputFile fifo = directory.openFile(name("fifo"))) {
            assertThat(fifo.status().type()).isEqualTo(FileType.FIFO);
        }
        assertThat(failure(() -> directory.openForUpdate(name("fifo"))).isNotSupported())
                .isTrue();
    }

    @Test
    void theLongestSymlinkTargetIsKept() {
        byte[] target = new byte[4095];
        Arrays.fill(target, (byte) 't');

        directory.makeSymlink(name("symlink"), target);

        assertThat(directory.readLink(name("symlink"))).isEqualTo(target);
        assertThat(failure(() -> directory.makeSymlink(name("x"), new byte[0])).isNotFound())
                .isTrue();
    }

    @Test
    void aSymlinkItselfIsHardLinked() {
        create("file");
        directory.makeSymlink(name("symlink"), name("file"));

        directory.link(directory, name("symlink"), name("twin"));

        assertThat(directory.status(name("twin")).type()).isEqualTo(FileType.SYMLINK);
        assertThat(directory.status(name("twin")).linkCount()).isEqualTo(2);
        assertThat(directory.status(name("file")).linkCount()).isEqualTo(1);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        List<byte[]> names = hostileNames();
        names.forEach(name -> create(name, name));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> scanTwentyTimes(names)));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(20 * names.size());
            }
        }
    }

    private int scanTwentyTimes(List<byte[]> names) {
        int seen = 0;
        try (Directory own = files.open(bytes(folder))) {
            for (int round = 0; round < 20; round++) {
                DirectoryListing listing = own.list();
                for (int i = 0; i < listing.size(); i++) {
                    byte[] name = listing.name(i);
                    seen += own.status(name).size() == name.length ? 1 : 0;
                }
                assertThat(listing.size()).isEqualTo(names.size());
            }
        }
        return seen;
    }

    @Test
    void onlyOpenTerminalsAreTerminals() {
        assertThat(files.isTerminal(123_456)).isFalse();
    }
}
