package obnam.posix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A directory by its path. See [NioFileSystem] for what it cannot do.
final class NioDirectory implements Directory {
    private static final byte[] SELF = {};
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> UPDATE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE = Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS);

    private final Path self;
    private boolean closed;

    NioDirectory(Path self) {
        this.self = self;
    }

    private Path self() {
        if (closed) {
            throw new IllegalStateException("closed already");
        }
        return self;
    }

    private Path entry(byte[] name) {
        return NioPaths.child(self(), name);
    }

    private Path entryOrSelf(byte[] name) {
        return name.length == 0 ? self() : entry(name);
    }

    @Override
    public DirectoryListing list() {
        return NioPaths.run("list a directory", SELF, () -> {
            DirectoryListing.Builder entries = new DirectoryListing.Builder();
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(self())) {
                for (Path path : paths) {
                    byte[] name = NioPaths.bytes(path.getFileName());
                    entries.add(name, 0, name.length, 0, FileType.UNKNOWN);
                }
            } catch (DirectoryIteratorException failure) {
                throw failure.getCause();
            }
            return entries.build();
        });
    }

    @Override
    public FileStatus status() {
        return NioPaths.run("read the status of a directory", SELF, () -> NioStatus.read(self()));
    }

    @Override
    public FileStatus status(byte[] name) {
        return NioPaths.run("read the status of", name, () -> NioStatus.read(entry(name)));
    }

    @Override
    public Optional<FileStatus> statusIfPresent(byte[] name) {
        try {
            return Optional.of(status(name));
        } catch (PosixException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Directory openDirectory(byte[] name) {
        return NioPaths.run("open directory", name, () -> {
            Path path = entry(name);
            if (!NioStatus.read(path).isDirectory()) {
                throw new NotDirectoryException(path.toString());
            }
            return new NioDirectory(path);
        });
    }

    @Override
    public Directory parent() {
        Path parent = self().getParent();
        return new NioDirectory(parent == null ? self : parent);
    }

    @Override
    public InputFile openFile(byte[] name) {
        return openRegular(name, "open", READ);
    }

    @Override
    public OutputFile openForUpdate(byte[] name) {
        return openRegular(name, "open for writing", UPDATE);
    }

    /// java.nio would wait for the other end of a FIFO.
    private NioFile openRegular(byte[] name, String operation, Set<OpenOption> how) {
        FileStatus status = status(name);
        if (!status.isRegular()) {
            int errno = status.type() == FileType.SYMLINK ? Errno.ELOOP : Errno.EOPNOTSUPP;
            throw new PosixException(errno, operation, name);
        }
        return open(name, operation, how);
    }

    private NioFile open(byte[] name, String operation, Set<OpenOption> how) {
        return NioPaths.run(operation, name, () -> {
            Path path = entry(name);
            return new NioFile(path, FileChannel.open(path, how));
        });
    }

    @Override
    public byte[] readLink(byte[] name) {
        return NioPaths.run("read the target of", name, () -> NioPaths.bytes(Files.readSymbolicLink(entry(name))));
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(byte[] name) {
        boolean dot = name.length == 1 && name[0] == '.';
        return NioMetadata.attributes(dot ? self() : entryOrSelf(name), name);
    }

    @Override
    public int fileFlags(byte[] name) {
        return 0;
    }

    @Override
    public Directory makeDirectory(byte[] name, int mode) {
        return NioPaths.run("make directory", name, () -> {
            Path path = Files.createDirectory(entry(name));
            NioMetadata.setMode(path, mode);
            return new NioDirectory(path);
        });
    }

    @Override
    public OutputFile createFile(byte[] name, int mode) {
        NioFile file = open(name, "create", CREATE);
        file.setMode(mode);
        return file;
    }

    @Override
    public void makeSymlink(byte[] name, byte[] target) {
        FileNames.requireNoNul(target);
        NioPaths.run("make symlink", name, () -> {
            Path path = target.length > 0 && target[0] == '/' ? NioPaths.path(target) : NioPaths.relative(target);
            return Files.createSymbolicLink(entry(name), path);
        });
    }

    @Override
    public void makeNode(byte[] name, FileType type, int mode, int major, int minor) {
        FileNames.requireComponent(name);
        switch (type) {
            case FIFO, SOCKET, BLOCK_DEVICE, CHARACTER_DEVICE ->
                throw new PosixException(Errno.EOPNOTSUPP, "make", name);
            case REGULAR, DIRECTORY, SYMLINK, UNKNOWN -> throw new IllegalArgumentException("not a node: " + type);
        }
    }

    @Override
    public void link(Directory from, byte[] fromName, byte[] name) {
        if (!(from instanceof NioDirectory source)) {
            throw new IllegalArgumentException("a directory of another file system");
        }
        NioPaths.run("make hard link", name, () -> Files.createLink(entry(name), source.entry(fromName)));
    }

    @Override
    public void rename(byte[] from, byte[] to) {
        NioPaths.run("rename to", to, () -> Files.move(entry(from), entry(to), StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void remove(byte[] name) {
        if (status(name).isDirectory()) {
            throw new PosixException(Errno.EISDIR, "remove", name);
        }
        delete(name, "remove");
    }

    @Override
    public void removeDirectory(byte[] name) {
        if (!status(name).isDirectory()) {
            throw new PosixException(Errno.ENOTDIR, "remove directory", name);
        }
        delete(name, "remove directory");
    }

    private void delete(byte[] name, String operation) {
        NioPaths.run(operation, name, () -> {
            Path path = entry(name);
            Files.delete(path);
            return path;
        });
    }

    @Override
    public void setOwner(byte[] name, long uid, long gid) {
        NioPaths.run("set the owner of", name, () -> NioMetadata.setOwner(entryOrSelf(name), uid, gid));
    }

    @Override
    public void setMode(byte[] name, int permissions) {
        Path path = entryOrSelf(name);
        if (name.length > 0 && status(name).type() == FileType.SYMLINK) {
            throw new PosixException(Errno.EOPNOTSUPP, "set the mode of", name);
        }
        NioPaths.run("set the mode of", name, () -> NioMetadata.setMode(path, permissions));
    }

    @Override
    public void setTimes(byte[] name, Timestamp access, Timestamp modification) {
        NioPaths.run("set the times of", name, () -> NioMetadata.setTimes(entryOrSelf(name), access, modification));
    }

    @Override
    public void setExtendedAttribute(byte[] name, ExtendedAttribute attribute) {
        NioMetadata.setAttribute(entryOrSelf(name), name, attribute);
    }

    @Override
    public void removeExtendedAttribute(byte[] name, byte[] attributeName) {
        NioMetadata.removeAttribute(entryOrSelf(name), name, attributeName);
    }

    @Override
    public void setFileFlags(byte[] name, int flags) {
        if (entryOrSelf(name).isAbsolute() && (flags & FileFlags.RESTORABLE) != 0) {
            throw new PosixException(Errno.EOPNOTSUPP, "set the flags of", name);
        }
    }

    @Override
    public void sync() {
        // Some systems do not open directories for this; there, only the file system's own order protects names.
        NioPaths.run("write a directory to disk", SELF, () -> {
            try (FileChannel channel = FileChannel.open(self(), StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException failure) {
                if (System.getProperty("os.name").startsWith("Linux")) {
                    throw failure;
                }
            }
            return self;
        });
    }

    @Override
    public long freeSpace() {
        return NioPaths.run(
                "read the free space", SELF, () -> Files.getFileStore(self()).getUsableSpace());
    }

    @Override
    public void close() {
        closed = true;
    }
}
