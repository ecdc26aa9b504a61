package obnam.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Walking a tree that is in the kernel's caches, by one thread; an operation is an entry.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {

    private static final int DIRECTORIES = 100;
    private static final int FILES = 100;
    private static final int ENTRIES = DIRECTORIES * (FILES + 1);

    private TemporaryFolder folder;
    private byte[] root = new byte[0];

    /// Makes the tree.
    @Setup
    public void make() throws IOException {
        folder = TemporaryFolder.make();
        for (int d = 0; d < DIRECTORIES; d++) {
            Path directory = Files.createDirectory(folder.path().resolve("directory-" + d));
            for (int f = 0; f < FILES; f++) {
                Files.createFile(directory.resolve("file-%03d.txt".formatted(f)));
            }
        }
        root = folder.path().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Removes the tree.
    @TearDown
    public void remove() throws IOException {
        folder.close();
    }

    /// Names and status of all entries.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long walk() {
        try (Directory top = FileSystem.local().open(root)) {
            return walk(top);
        }
    }

    private static long walk(Directory directory) {
        long inodes = 0;
        DirectoryListing entries = directory.list();
        for (int i = 0; i < entries.size(); i++) {
            byte[] name = entries.name(i);
            FileStatus status = directory.status(name);
            inodes += status.inode();
            if (status.isDirectory()) {
                try (Directory below = directory.openDirectory(name)) {
                    inodes += walk(below);
                }
            }
        }
        return inodes;
    }
}
