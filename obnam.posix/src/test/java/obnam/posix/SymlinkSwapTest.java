package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Someone swaps entries for symlinks that lead outside while we write: nothing outside is ever touched.
@EnabledOnOs(OS.LINUX)
class SymlinkSwapTest extends FileSystemContract {
    private static final int ROUNDS = 2_000;

    @Override
    FileSystem createFileSystem() {
        return new LinuxFileSystem();
    }

    @Test
    void swappedEntriesNeverLeadOutside() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        try (Directory tree = directory.makeDirectory(name("tree"), 0700);
                Directory outside = directory.makeDirectory(name("outside"), 0700)) {
            outside.createFile(name("victim"), 0600).close();
            Thread attacker = new Thread(() -> swap(done));
            attacker.start();
            int written = 0;
            for (int i = 0; i < ROUNDS; i++) {
                written += attempt(() -> writeFile(tree)) + attempt(() -> writeBelow(tree));
            }
            done.set(true);
            attacker.join();

            assertThat(outside.status(name("victim")).size()).isZero();
            assertThat(outside.list().size()).isEqualTo(1);
            assertThat(written).isBetween(0, 2 * ROUNDS);
        }
    }

    private void swap(AtomicBoolean done) {
        try (Directory tree = files.open(bytes(folder.resolve("tree")))) {
            while (!done.get()) {
                attempt(() -> tree.createFile(name("file"), 0600).close());
                attempt(() -> tree.makeDirectory(name("below"), 0700).close());
                attempt(() -> tree.remove(name("file")));
                attempt(() -> tree.rename(name("below"), name("away")));
                attempt(() -> tree.makeSymlink(name("file"), name("../outside/victim")));
                attempt(() -> tree.makeSymlink(name("below"), name("../outside")));
                attempt(() -> tree.remove(name("file")));
                attempt(() -> tree.remove(name("below")));
            }
        }
    }

    private static void writeFile(Directory tree) {
        try (OutputFile file = tree.openForUpdate(name("file"))) {
            file.write(0, name("secret"), 0, 6);
        }
    }

    private static void writeBelow(Directory tree) {
        try (Directory below = tree.openDirectory(name("below"));
                OutputFile file = below.createFile(name("new"), 0600)) {
            file.write(0, name("secret"), 0, 6);
        }
    }

    /// What comes in the way of the other is expected to fail now and then.
    private static int attempt(Runnable step) {
        try {
            step.run();
            return 1;
        } catch (PosixException failure) {
            assertThat(failure.errorName())
                    .isIn(
                            "ENOENT",
                            "EEXIST",
                            "ELOOP",
                            "ENOTDIR",
                            "EISDIR",
                            "ENOTEMPTY",
                            "EOPNOTSUPP",
                            "EAGAIN",
                            "EXDEV");
            return 0;
        }
    }
}
