package obnam.engine.state;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import obnam.api.LocalException;
import obnam.engine.Head;
import obnam.engine.format.ChainLink;
import obnam.engine.format.LogRecord;
import obnam.engine.format.RemovalRecord;
import obnam.posix.Directory;
import obnam.posix.FileLock;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// This machine's chain in a repository: its id, its newest record, and the newest records of other chains
/// that were seen, kept in the state directory. Held under a lock from [#open] to [#close].
///
/// A state that is lost or cannot be understood starts a new chain, and so does one that the store
/// contradicts: an old copy of it was brought back, or another machine works with a copy. One thing is no
/// contradiction: a record that follows the newest one this machine knows, since a run may end between putting
/// it and noting it.
public final class ClientChain implements AutoCloseable {

    private static final byte[] NEW_FILE = FileNames.of("chain.new");

    private final Directory directory;
    private final FileLock lock;
    private final SecureRandom random;
    private String id;
    private Optional<Head> head;
    private final Map<String, Head> others = new LinkedHashMap<>();

    private ClientChain(Directory directory, FileLock lock, SecureRandom random) {
        this.directory = directory;
        this.lock = lock;
        this.random = random;
        KnownHeads known = KnownHeads.read(directory);
        this.id = known.chain().orElseGet(() -> newId(random));
        this.head = known.own();
        known.others().forEach(other -> others.put(other.chain(), other));
    }

    /// Opens the chain, waiting for other runs of this machine.
    ///
    /// @param path absolute path of the repository's state directory; made if it is not there
    /// @throws LocalException if the state cannot be read or made
    public static ClientChain open(byte[] path, SecureRandom random) {
        try {
            Directory directory = Folders.make(path);
            FileLock lock = FileSystem.local().lock(Folders.join(path, "lock"));
            return new ClientChain(directory, lock, random);
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

    /// Hexadecimal id of the chain.
    public String id() {
        return id;
    }

    /// The newest record of the chain, as far as this machine knows.
    public Optional<Head> head() {
        return head;
    }

    /// Takes in what the store has, the oldest records first, and remembers it.
    public void observe(Collection<? extends LogRecord> records) {
        byte[] before = KnownHeads.write(id, head, others.values());
        records.stream()
                .filter(this::follows)
                .findFirst()
                .map(LogRecord::head)
                .ifPresent(missed -> head = Optional.of(missed));
        List<Head> claims = records.stream().flatMap(ClientChain::claims).toList();
        if (claims.stream().anyMatch(this::contradicts) || rangesOf(records).anyMatch(this::contradicts)) {
            head.ifPresent(old -> others.put(id, old));
            id = newId(random);
            head = Optional.empty();
        }
        claims.forEach(this::see);
        if (!Arrays.equals(before, KnownHeads.write(id, head, others.values()))) {
            save();
        }
    }

    /// The places that a record tells of.
    private static Stream<Head> claims(LogRecord record) {
        Stream<Head> heads = Stream.concat(record.link().heads().stream(), Stream.of(record.head()));
        return record instanceof RemovalRecord removal ? Stream.concat(heads, removal.records().stream()) : heads;
    }

    private static Stream<RemovalRecord.Range> rangesOf(Collection<? extends LogRecord> records) {
        return records.stream()
                .flatMap(
                        record -> record instanceof RemovalRecord removal ? removal.ranges().stream() : Stream.empty());
    }

    private boolean follows(LogRecord record) {
        ChainLink link = record.link();
        return link.chain().equals(id)
                && link.number() == nextNumber()
                && link.before().equals(head.map(Head::name));
    }

    private boolean contradicts(Head claim) {
        return claim.chain().equals(id)
                && (claim.number() >= nextNumber()
                        || head.isPresent() && claim.number() == head.get().number() && !claim.equals(head.get()));
    }

    private boolean contradicts(RemovalRecord.Range range) {
        return range.chain().equals(id) && range.last() >= nextNumber();
    }

    private void see(Head seen) {
        Head known = others.get(seen.chain());
        if (!seen.chain().equals(id) && (known == null || known.number() < seen.number())) {
            others.remove(seen.chain());
            others.put(seen.chain(), seen);
        }
    }

    private long nextNumber() {
        return head.map(known -> known.number() + 1).orElse(0L);
    }

    /// The place of the next record of the chain. It names the other chains that changed last.
    public ChainLink next() {
        List<Head> heads = others.values().stream()
                .skip(Math.max(0, others.size() - ChainLink.HEADS_LIMIT))
                .sorted(Comparator.comparing(Head::chain))
                .toList();
        return new ChainLink(id, nextNumber(), head.map(Head::name), heads);
    }

    /// Notes a new record of the chain.
    public void advance(Head record) {
        head = Optional.of(record);
        save();
    }

    private void save() {
        byte[] text = KnownHeads.write(id, head, others.values());
        try {
            if (directory.statusIfPresent(NEW_FILE).isPresent()) {
                directory.remove(NEW_FILE);
            }
            try (OutputFile file = directory.createFile(NEW_FILE, 0600)) {
                file.write(0, text, 0, text.length);
                file.sync();
            }
            directory.rename(NEW_FILE, KnownHeads.FILE);
            directory.sync();
        } catch (PosixException e) {
            throw unusable(e, KnownHeads.FILE);
        }
    }

    @Override
    public void close() {
        lock.close();
        directory.close();
    }
}
