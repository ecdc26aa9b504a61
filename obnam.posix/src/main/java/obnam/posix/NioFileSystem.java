package obnam.posix;

import java.io.Console;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The fallback, for systems whose calls this module does not know: good enough to back up and restore the files of
/// a user. It resolves paths anew for each call, so it does not hold out against others who change the tree
/// meanwhile; it knows no holes, no device nodes, FIFOs and sockets, no file flags, and no extended attributes but
/// those of users.
final class NioFileSystem implements FileSystem {
    @Override
    public Directory open(byte[] absolutePath) {
        FileNames.requireAbsolute(absolutePath);
        return NioPaths.run("open directory", absolutePath, () -> {
            Path path = NioPaths.path(absolutePath).toRealPath();
            if (!Files.isDirectory(path)) {
                throw new NotDirectoryException(path.toString());
            }
            return new NioDirectory(path);
        });
    }

    @Override
    public FileStatus status(byte[] absolutePath) {
        FileNames.requireAbsolute(absolutePath);
        return NioPaths.run("read the status of", absolutePath, () -> NioStatus.read(NioPaths.path(absolutePath)));
    }

    @Override
    public boolean privileged() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Tells only about the terminal of the whole process.
    @Override
    public boolean isTerminal(int descriptor) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public Optional<FileLock> tryLock(byte[] absolutePath) {
        return NioPaths.run("lock", absolutePath, () -> lock(absolutePath, FileChannel::tryLock));
    }

    @Override
    public FileLock lock(byte[] absolutePath) {
        return NioPaths.run(
                "lock",
                absolutePath,
                () -> lock(absolutePath, FileChannel::lock).orElseThrow());
    }

    private static Optional<FileLock> lock(byte[] path, Taker taker) throws IOException {
        FileNames.requireAbsolute(path);
        FileChannel channel =
                FileChannel.open(NioPaths.path(path), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = taker.take(channel) != null;
        } catch (OverlappingFileLockException _) {
            // Held by this process: not taken.
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(() -> close(channel)) : Optional.empty();
    }

    private static void close(FileChannel channel) {
        NioPaths.run("unlock", new byte[0], () -> {
            channel.close();
            return channel;
        });
    }

    private interface Taker {
        java.nio.channels.FileLock take(FileChannel channel) throws IOException;
    }
}
