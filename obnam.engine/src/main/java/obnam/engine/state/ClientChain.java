package obnam.engine.state;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import obnam.api.LocalException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.ChainLink;
import obnam.posix.Directory;
import obnam.posix.FileLock;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.InputFile;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// This machine's chain in a repository: its id and its newest record, kept in the state directory. Held under a
/// lock from
/// [#open] to [#close]. A state that is lost, or cannot be understood, starts a new chain.
public final class ClientChain implements AutoCloseable {

    private static final byte[] FILE = FileNames.of("chain");
    private static final byte[] NEW_FILE = FileNames.of("chain.new");
    private static final int LIMIT = 4096;

    private final Directory directory;
    private final FileLock lock;
    private final String id;
    private Optional<ChainLink.Head> head;

    private ClientChain(Directory directory, FileLock lock, String id, Optional<ChainLink.Head> head) {
        this.directory = directory;
        this.lock = lock;
        this.id = id;
        this.head = head;
    }

    /// Opens the chain, waiting for other runs of this machine.
    ///
    /// @param path absolute path of the repository's state directory; made if it is not there
    /// @throws LocalException if the state cannot be read or made
    public static ClientChain open(byte[] path, SecureRandom random) {
        try {
            Directory directory = Folders.make(path);
            FileLock lock = FileSystem.local().lock(Folders.join(path, "lock"));
            Optional<ChainLink.Head> known = read(directory);
            String id = known.map(ChainLink.Head::chain).orElseGet(() -> newId(random));
            return new ClientChain(directory, lock, id, known);
        } catch (PosixException e) {
            throw unusable(e, path);
        }
    }

    private static LocalException unusable(PosixException e, byte[] path) {
        return new LocalException(
                "the state directory cannot be used: " + e.reason(),
                FileNames.display(path),
                "Make it writable, or choose another with XDG_STATE_HOME",
                e);
    }

    private static String newId(SecureRandom random) {
        byte[] bytes = new byte[ChainLink.CHAIN_LENGTH];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Optional<ChainLink.Head> read(Directory directory) {
        if (directory.statusIfPresent(FILE).isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[LIMIT];
        int length;
        try (InputFile file = directory.openFile(FILE)) {
            length = Math.max(0, file.read(0, bytes, 0, LIMIT));
        }
        String[] words = new String(bytes, 0, length, StandardCharsets.US_ASCII).split("\\s+", -1);
        if (words.length < 3 || words[0].length() != 2 * ChainLink.CHAIN_LENGTH || !ObjectName.isHex(words[2])) {
            return Optional.empty();
        }
        try {
            HexFormat.of().parseHex(words[0]);
            ObjectName name = new ObjectName(ObjectKind.SNAPSHOT, words[2]);
            return Optional.of(new ChainLink.Head(words[0], Long.parseUnsignedLong(words[1]), name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Hexadecimal id of the chain.
    public String id() {
        return id;
    }

    /// The newest record of the chain, as far as this machine knows.
    public Optional<ChainLink.Head> head() {
        return head;
    }

    /// Notes a new record.
    public void advance(long number, ObjectName name) {
        byte[] text = FileNames.of(id + " " + number + " " + name.hex() + "\n");
        try {
            if (directory.statusIfPresent(NEW_FILE).isPresent()) {
                directory.remove(NEW_FILE);
            }
            try (OutputFile file = directory.createFile(NEW_FILE, 0600)) {
                file.write(0, text, 0, text.length);
                file.sync();
            }
            directory.rename(NEW_FILE, FILE);
            directory.sync();
        } catch (PosixException e) {
            throw unusable(e, FILE);
        }
        head = Optional.of(new ChainLink.Head(id, number, name));
    }

    @Override
    public void close() {
        lock.close();
        directory.close();
    }
}
