package obnam.engine.deletion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.SealedObject;
import obnam.engine.state.Folders;

/// Which packs the last snapshots of this machine rely on, kept in its cache when their runs have come to
/// their ends: so that a backup that takes over a parent snapshot unread can tell whether what is being
/// deleted concerns it, without walking its trees. A list may name more packs than the snapshot needs. It
/// may be deleted at any time; one that is damaged counts as none.
public final class PackLists {

    private static final String FOLDER = "packs";
    private static final int KEPT = 8;
    private static final int NAME_LENGTH = 32;
    private static final long LARGEST = 256L << 20;

    private final Path folder;

    /// @param cacheDirectory the repository's cache directory
    public PackLists(byte[] cacheDirectory) {
        this.folder = Path.of(new String(Folders.join(cacheDirectory, FOLDER), StandardCharsets.UTF_8));
    }

    /// Whether there is a list of a snapshot: its run came to its end then.
    public boolean has(ObjectName snapshot) {
        return Files.exists(file(snapshot));
    }

    private Path file(ObjectName snapshot) {
        return folder.resolve(snapshot.hex());
    }

    /// The list of a snapshot, if there is one.
    public Optional<Set<ObjectName>> of(ObjectName snapshot) {
        return read(snapshot).map(bytes -> {
            Set<ObjectName> packs = new HashSet<>();
            for (int at = 0; at < bytes.length; at += NAME_LENGTH) {
                packs.add(new ObjectName(ObjectKind.PACK, HexFormat.of().formatHex(bytes, at, at + NAME_LENGTH)));
            }
            return packs;
        });
    }

    /// The names of a list, one after the other.
    private Optional<byte[]> read(ObjectName snapshot) {
        try {
            Path file = file(snapshot);
            if (Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length - NAME_LENGTH;
            return length < 0 || length % NAME_LENGTH != 0 || !isWhole(bytes, length)
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOf(bytes, length));
        } catch (IOException e) {
            if (!(e instanceof NoSuchFileException)) {
                log("a list of packs cannot be read", e);
            }
            return Optional.empty();
        }
    }

    private static boolean isWhole(byte[] bytes, int length) {
        MessageDigest digest = SealedObject.sha256();
        digest.update(bytes, 0, length);
        return MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, length, bytes.length));
    }

    /// Keeps the list of a new snapshot, if that is possible.
    ///
    /// @param before a snapshot whose list the new one begins with
    /// @param more further packs
    public void keep(ObjectName snapshot, Optional<ObjectName> before, Collection<ObjectName> more) {
        Optional<byte[]> begin = before.isEmpty() ? Optional.of(new byte[0]) : read(before.get());
        if (begin.isEmpty() || begin.get().length + (long) more.size() * NAME_LENGTH > LARGEST) {
            return;
        }
        Set<ByteBuffer> added = new TreeSet<>();
        more.forEach(pack -> added.add(ByteBuffer.wrap(HexFormat.of().parseHex(pack.hex()))));
        for (int at = 0; at < begin.get().length; at += NAME_LENGTH) {
            added.remove(ByteBuffer.wrap(begin.get(), at, NAME_LENGTH));
        }
        ByteBuffer bytes = ByteBuffer.allocate(begin.get().length + (added.size() + 1) * NAME_LENGTH);
        bytes.put(begin.get());
        added.forEach(name -> bytes.put(name.duplicate()));
        MessageDigest digest = SealedObject.sha256();
        digest.update(bytes.array(), 0, bytes.position());
        bytes.put(digest.digest());
        write(file(snapshot), bytes.array());
    }

    private void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "new-", "");
            try {
                Files.write(draft, bytes);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
            dropOld();
        } catch (IOException | UncheckedIOException e) {
            log("a list of packs was not kept", e);
        }
    }

    private void dropOld() throws IOException {
        record Aged(Path file, FileTime time) {}
        List<Aged> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.add(new Aged(file, Files.getLastModifiedTime(file)));
            }
        }
        files.sort(Comparator.comparing(Aged::time).reversed());
        for (Aged old : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.deleteIfExists(old.file());
        }
    }

    private static void log(String what, Exception e) {
        System.getLogger(PackLists.class.getName()).log(System.Logger.Level.DEBUG, what, e);
    }
}
