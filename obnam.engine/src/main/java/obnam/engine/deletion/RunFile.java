package obnam.engine.deletion;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import obnam.api.LocalException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.NoticeObject;
import obnam.engine.state.Folders;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileLock;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.InputFile;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// What this machine remembers of one run, in its state directory: the names of packs and notices, each
/// written down before the object is put. A lock beside the file is held for as long as the run lives, so
/// whoever gets the lock knows that the run has ended.
///
/// Belongs to one thread at a time.
final class RunFile implements AutoCloseable {

    private static final String FOLDER = "runs";
    private static final String LOCK = ".lock";
    private static final Pattern RUN = Pattern.compile("[0-9a-f]{" + 2 * NoticeObject.RUN_LENGTH + "}");
    private static final int READ_LENGTH = 64 << 10;

    private final String run;
    private final Directory folder;
    private final FileLock lock;
    private Optional<OutputFile> file = Optional.empty();
    private long length;

    private RunFile(String run, Directory folder, FileLock lock) {
        this.run = run;
        this.folder = folder;
        this.lock = lock;
    }

    /// Begins the file of a new run.
    ///
    /// @param state the repository's state directory
    /// @throws LocalException if it cannot be written
    static RunFile begin(byte[] state, String run) {
        byte[] path = Folders.join(state, FOLDER);
        try {
            Directory folder = Folders.make(path);
            RunFile begun = new RunFile(
                    run, folder, FileSystem.local().tryLock(lockFile(path, run)).orElseThrow());
            begun.file = Optional.of(folder.createFile(FileNames.of(run), 0600));
            return begun;
        } catch (PosixException e) {
            throw unusable(e, path);
        }
    }

    private static byte[] lockFile(byte[] folder, String run) {
        return Folders.join(folder, run + LOCK);
    }

    private static LocalException unusable(PosixException e, byte[] path) {
        return new LocalException(
                "the state directory cannot be used: " + e.reason(),
                FileNames.display(path),
                "Make it writable, or choose another with XDG_STATE_HOME",
                e);
    }

    /// Tells of the files of runs that have ended without removing them; each is locked until `visitor` is
    /// done.
    static void ended(byte[] state, Consumer<RunFile> visitor) {
        byte[] path = Folders.join(state, FOLDER);
        for (String run : runs(path)) {
            Optional<FileLock> lock = FileSystem.local().tryLock(lockFile(path, run));
            if (lock.isPresent()) {
                try (RunFile ended = new RunFile(run, Folders.make(path), lock.get())) {
                    visitor.accept(ended);
                }
            }
        }
    }

    private static List<String> runs(byte[] path) {
        List<String> runs = new ArrayList<>();
        try (Directory folder = FileSystem.local().open(path)) {
            DirectoryListing listing = folder.list();
            for (int i = 0; i < listing.size(); i++) {
                String name = new String(listing.name(i), StandardCharsets.ISO_8859_1);
                if (RUN.matcher(name).matches()) {
                    runs.add(name);
                }
            }
        } catch (PosixException e) {
            if (!e.isNotFound()) {
                throw unusable(e, path);
            }
        }
        return runs;
    }

    /// Writes down an object that is about to be put.
    void note(ObjectName name, long size) {
        byte[] line = FileNames.of(name.kind() + " " + name.hex() + " " + size + "\n");
        try {
            file.orElseThrow().write(length, line, 0, line.length);
        } catch (PosixException e) {
            throw unusable(e, FileNames.of(run));
        }
        length += line.length;
    }

    /// The objects that were written down. What is not a whole line is passed over.
    List<ObjectInfo> noted() {
        List<ObjectInfo> noted = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        try (InputFile in = folder.openFile(FileNames.of(run))) {
            byte[] part = new byte[READ_LENGTH];
            long position = 0;
            for (int count = in.read(0, part, 0, part.length); count > 0; ) {
                text.append(new String(part, 0, count, StandardCharsets.ISO_8859_1));
                position += count;
                count = in.read(position, part, 0, part.length);
            }
        } catch (PosixException e) {
            if (!e.isNotFound()) {
                throw unusable(e, FileNames.of(run));
            }
        }
        text.toString().lines().forEach(line -> noted(line).ifPresent(noted::add));
        return noted;
    }

    private static Optional<ObjectInfo> noted(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !ObjectName.isHex(words[1]) || number(words[2]).isEmpty()) {
            return Optional.empty();
        }
        return switch (words[0]) {
            case "PACK" -> Optional.of(info(ObjectKind.PACK, words));
            case "NOTICE" -> Optional.of(info(ObjectKind.NOTICE, words));
            default -> Optional.empty();
        };
    }

    private static ObjectInfo info(ObjectKind kind, String[] words) {
        return new ObjectInfo(new ObjectName(kind, words[1]), number(words[2]).orElseThrow());
    }

    private static OptionalLong number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /// Removes the file and its lock: there is nothing left to remember.
    void remove() {
        removeQuietly(run);
        removeQuietly(run + LOCK);
    }

    private void removeQuietly(String name) {
        try {
            folder.remove(FileNames.of(name));
        } catch (PosixException e) {
            System.getLogger(RunFile.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "not removed: " + HexFormat.of().formatHex(FileNames.of(name)),
                            e);
        }
    }

    /// Releases the lock. Without [#remove], the next run of this machine finds the file.
    @Override
    public void close() {
        file.ifPresent(OutputFile::close);
        lock.close();
        folder.close();
    }
}
