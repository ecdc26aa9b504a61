package obnam.cli.host;

import java.util.Arrays;
import java.util.Optional;
import obnam.api.LocalException;
import obnam.api.UsageException;
import obnam.posix.Directory;
import obnam.posix.FileLock;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.FileType;
import obnam.posix.InputFile;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// Reads and replaces small files as a whole. Paths are absolute.
public final class LocalFiles {

    private final FileSystem files;

    /// @param files the file system
    public LocalFiles(FileSystem files) {
        this.files = files;
    }

    /// A file that was read.
    ///
    /// @param status of the open file, so of the one that `content` came from
    /// @param content all of it
    public record Content(FileStatus status, byte[] content) {}

    /// Reads a file. A symbolic link at the end of the path is refused.
    ///
    /// @param limit the greatest length that is accepted
    /// @return empty if there is no such file
    /// @throws LocalException if it cannot be read
    /// @throws UsageException if it is not a regular file or too long
    public Optional<Content> read(byte[] path, int limit) {
        try (Directory directory = files.open(PathBytes.parent(path))) {
            byte[] name = PathBytes.name(path);
            Optional<FileStatus> status = directory.statusIfPresent(name);
            if (status.isEmpty()) {
                return Optional.empty();
            }
            requireRegular(status.get(), path);
            try (InputFile file = directory.openFile(name)) {
                requireRegular(file.status(), path);
                return Optional.of(new Content(file.status(), readAll(file, limit, path)));
            }
        } catch (PosixException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw failed("cannot read", path, e);
        }
    }

    /// As [#read], of a file that the user named: symbolic links are followed. Empty for what is no regular file.
    public Optional<Content> readFollowing(byte[] path, int limit) {
        byte[] target = followed(path);
        return status(target).filter(FileStatus::isRegular).flatMap(regular -> read(target, limit));
    }

    private byte[] followed(byte[] start) {
        byte[] path = start;
        for (int links = 0; links < 20; links++) {
            try (Directory directory = files.open(PathBytes.parent(path))) {
                byte[] name = PathBytes.name(path);
                Optional<FileStatus> status = name.length == 0 ? Optional.empty() : directory.statusIfPresent(name);
                if (status.isEmpty() || status.get().type() != FileType.SYMLINK) {
                    return path;
                }
                path = PathBytes.absolute(PathBytes.parent(path), directory.readLink(name));
            } catch (PosixException _) {
                return path;
            }
        }
        return path;
    }

    private static void requireRegular(FileStatus status, byte[] path) {
        if (!status.isRegular()) {
            throw new UsageException("not a regular file", FileNames.display(path), "Put a plain file in its place");
        }
    }

    private static byte[] readAll(InputFile file, int limit, byte[] path) {
        byte[] content = new byte[Math.min(limit, 8192) + 1];
        int length = 0;
        int got = file.read(0, content, 0, content.length);
        while (got > 0) {
            length += got;
            if (length > limit) {
                Arrays.fill(content, (byte) 0);
                throw new UsageException(
                        "this file is too long", FileNames.display(path), "At most " + limit + " bytes are read");
            }
            if (length == content.length) {
                byte[] longer = Arrays.copyOf(content, Math.min(2 * length, limit + 1));
                Arrays.fill(content, (byte) 0);
                content = longer;
            }
            got = file.read(length, content, length, content.length - length);
        }
        byte[] exact = Arrays.copyOf(content, length);
        Arrays.fill(content, (byte) 0);
        return exact;
    }

    /// The status of a file, empty if there is none. Symbolic links at the end are not followed.
    public Optional<FileStatus> status(byte[] path) {
        try {
            return Optional.of(files.status(path));
        } catch (PosixException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw failed("cannot read", path, e);
        }
    }

    /// Makes a directory and those above it that are missing, each with mode 0700.
    public void makeDirectories(byte[] path) {
        if (path.length == 1 || isDirectory(path)) {
            return;
        }
        byte[] parent = PathBytes.parent(path);
        makeDirectories(parent);
        try (Directory above = files.open(parent)) {
            above.makeDirectory(PathBytes.name(path), 0700).close();
        } catch (PosixException e) {
            if (!e.isExists() || !isDirectory(path)) {
                throw failed("cannot make the directory", path, e);
            }
        }
    }

    private boolean isDirectory(byte[] path) {
        try (Directory directory = files.open(path)) {
            return directory.status().isDirectory();
        } catch (PosixException _) {
            return false;
        }
    }

    /// Sets the mode of a directory.
    public void setMode(byte[] directory, int mode) {
        try (Directory open = files.open(directory)) {
            open.setMode(new byte[0], mode);
        } catch (PosixException e) {
            throw failed("cannot change the mode", directory, e);
        }
    }

    /// Puts a new file in place of whatever is at `path`: whoever reads sees the old or the new content, also after
    /// a crash. When this returns the new content is durable.
    ///
    /// @param mode of the new file, from its first byte on
    public void replace(byte[] path, byte[] content, int mode) {
        byte[] name = PathBytes.name(path);
        byte[] temporary = FileNames.of("." + FileNames.display(name) + ".new");
        try (Directory directory = files.open(PathBytes.parent(path))) {
            if (directory.statusIfPresent(temporary).isPresent()) {
                directory.remove(temporary);
            }
            try {
                writeNew(directory, temporary, content, mode);
                directory.rename(temporary, name);
            } catch (PosixException e) {
                removeQuietly(directory, temporary);
                throw e;
            }
            directory.sync();
        } catch (PosixException e) {
            throw failed("cannot write", path, e);
        }
    }

    private static void writeNew(Directory directory, byte[] name, byte[] content, int mode) {
        try (OutputFile file = directory.createFile(name, mode)) {
            file.write(0, content, 0, content.length);
            file.sync();
        }
    }

    private static void removeQuietly(Directory directory, byte[] name) {
        try {
            directory.remove(name);
        } catch (PosixException _) {
            // The failure that led here is the one to tell.
        }
    }

    /// Waits for the lock on a lock file; see [FileSystem#lock].
    public FileLock lock(byte[] path) {
        try {
            return files.lock(path);
        } catch (PosixException e) {
            throw failed("cannot lock", path, e);
        }
    }

    /// Number of the user that this process acts as, or -1 where that cannot be told.
    public long userId() {
        try (Directory self = files.open(FileNames.of("/proc/self"))) {
            return self.status().uid();
        } catch (PosixException _) {
            return -1;
        }
    }

    private static LocalException failed(String what, byte[] path, PosixException e) {
        return new LocalException(what + " (" + e.reason() + ")", FileNames.display(path), "", e);
    }
}
