package obnam.store.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileLock;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.InputFile;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// The files below an open directory. All paths start at that directory's descriptor: should it be renamed, or
/// something else be mounted over it, the store stays where it is.
final class PosixFiles implements DurableFiles {

    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private final FileSystem system;
    private final byte[] path;
    private final Directory root;

    /// @param path the absolute path of `root`, used for locks only
    /// @param root closed with this
    PosixFiles(FileSystem system, byte[] path, Directory root) {
        this.system = system;
        this.path = path.clone();
        this.root = root;
    }

    @Override
    public List<Entry> list(String folder, Predicate<String> wanted) {
        return within(folder, directory -> {
            DirectoryListing listing = directory.list();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < listing.size(); i++) {
                byte[] bytes = listing.name(i);
                String name = new String(bytes, ISO_8859_1);
                if (wanted.test(name)) {
                    directory
                            .statusIfPresent(bytes)
                            .map(status -> entry(name, status))
                            .ifPresent(entries::add);
                }
            }
            return entries;
        });
    }

    private static Entry entry(String name, FileStatus status) {
        return new Entry(name, status.size(), status.isRegular());
    }

    @Override
    public Optional<Entry> entry(String folder, String name) {
        try {
            return within(folder, directory -> directory.statusIfPresent(bytes(name)))
                    .map(status -> entry(name, status));
        } catch (PosixException e) {
            if (Failures.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Reader open(String folder, String name) {
        InputFile file = within(folder, directory -> directory.openFile(bytes(name)));
        try {
            return new OpenFile(entry(name, file.status()), file);
        } catch (PosixException e) {
            file.close();
            throw e;
        }
    }

    private record OpenFile(Entry entry, InputFile file) implements Reader {

        @Override
        public int read(long position, byte[] buffer, int offset, int length) {
            return file.read(position, buffer, offset, length);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @Override
    public Draft create(String folder, String name) {
        return new NewFile(within(folder, directory -> directory.createFile(bytes(name), FILE_MODE)));
    }

    private record NewFile(OutputFile file) implements Draft {

        @Override
        public void write(long position, byte[] bytes, int offset, int length) {
            file.write(position, bytes, offset, length);
        }

        @Override
        public void sync() {
            file.sync();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @Override
    public void makeFolder(String parent, String name) {
        try {
            within(parent, directory -> directory.makeDirectory(bytes(name), FOLDER_MODE))
                    .close();
        } catch (PosixException e) {
            if (!e.isExists()) {
                throw e;
            }
        }
    }

    @Override
    public void link(String fromFolder, String fromName, String folder, String name) {
        try (Directory from = open(fromFolder)) {
            run(folder, directory -> directory.link(from, bytes(fromName), bytes(name)));
        }
    }

    @Override
    public void remove(String folder, String name) {
        run(folder, directory -> directory.remove(bytes(name)));
    }

    @Override
    public void syncFolder(String folder) {
        run(folder, Directory::sync);
    }

    @Override
    public long freeSpace() {
        return within(Layout.TOP, Directory::freeSpace);
    }

    @Override
    public Optional<Lock> tryLock(String folder, String name) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(path);
        file.writeBytes(bytes("/" + folder + "/" + name));
        return system.tryLock(file.toByteArray()).map(PosixFiles::lock);
    }

    private static Lock lock(FileLock lock) {
        return lock::close;
    }

    @Override
    public void close() {
        synchronized (root) {
            root.close();
        }
    }

    private void run(String folder, Consumer<Directory> action) {
        boolean done = within(folder, directory -> {
            action.accept(directory);
            return true;
        });
        assert done;
    }

    /// Directories are for one thread at a time: those below the root are opened for each call, the root is locked.
    private <T> T within(String folder, Function<Directory, T> action) {
        if (folder.isEmpty()) {
            synchronized (root) {
                return action.apply(root);
            }
        }
        try (Directory directory = open(folder)) {
            return action.apply(directory);
        }
    }

    /// Opens a folder below the root; the caller closes it.
    private Directory open(String folder) {
        int slash = folder.lastIndexOf('/');
        byte[] last = bytes(folder.substring(slash + 1));
        return within(slash < 0 ? "" : folder.substring(0, slash), parent -> parent.openDirectory(last));
    }

    private static byte[] bytes(String name) {
        return name.getBytes(ISO_8859_1);
    }
}
