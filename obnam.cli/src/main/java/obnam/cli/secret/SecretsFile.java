package obnam.cli.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import obnam.api.LocalException;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.UsageException;
import obnam.cli.host.LocalFiles;
import obnam.cli.host.PathBytes;
import obnam.cli.settings.YamlReader;
import obnam.cli.settings.YamlValue;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;
import obnam.posix.FileLock;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;

/// The keys of this user: a YAML map from repository ids to what opens them, in a file that nobody else can read.
///
/// Entries are only added, by a new file that holds the old one's bytes and takes its place; so what a newer
/// version wrote into an entry, and the user's comments, stay. Only what a server is shown ([ServerEntry])
/// can be replaced. A lock file keeps two writers apart.
public final class SecretsFile {

    private static final int SIZE_LIMIT = 1 << 20;
    private static final int MODE = 0400;
    private static final String HEADING = """
            # Keys of backup repositories. Whoever can read this file can read the backups: show it to nobody.
            # Lost, it is made again with the passphrase: obnam init -r LOCATION
            """;

    private final LocalFiles files;
    private final byte[] path;

    /// @param path absolute
    public SecretsFile(LocalFiles files, byte[] path) {
        this.files = files;
        this.path = path;
    }

    /// Its printable name.
    public String name() {
        return FileNames.display(path);
    }

    /// The entry of a repository.
    ///
    /// @return empty if there is none; the caller's to erase
    /// @throws UsageException if others can read the file, or it makes no sense
    public Optional<Credential> find(RepositoryId repository) {
        return read().flatMap(content -> {
            try {
                return find(content, repository);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        });
    }

    /// Adds an entry.
    ///
    /// @return false, with nothing changed, if the repository has an entry already
    /// @throws UsageException if others can read the file, or it makes no sense
    /// @throws LocalException if it cannot be written
    public boolean add(Credential credential) {
        return locked(old -> {
            if (find(old, credential.repository()).isPresent()) {
                return Optional.empty();
            }
            byte[] content = withEntry(old, credential);
            requireAdded(content, credential);
            return Optional.of(content);
        });
    }

    /// Puts a changed file in the place of the old one while nobody else does.
    ///
    /// @param change from the old content to the new; empty if there is nothing to change
    private boolean locked(Function<byte[], Optional<byte[]>> change) {
        byte[] directory = PathBytes.parent(path);
        files.makeDirectories(directory);
        files.setMode(directory, 0700);
        try (FileLock _ = files.lock(PathBytes.join(directory, ".secrets.lock"))) {
            byte[] old = read().orElseGet(() -> HEADING.getBytes(StandardCharsets.UTF_8));
            Optional<byte[]> content = Optional.empty();
            try {
                content = change.apply(old);
                content.ifPresent(bytes -> files.replace(path, bytes, MODE));
                return content.isPresent();
            } finally {
                Arrays.fill(old, (byte) 0);
                content.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
            }
        }
    }

    /// What a server is shown to let this user in.
    ///
    /// @param location of the repository there
    /// @return empty if nothing is kept for it
    /// @throws UsageException if others can read the file, or it makes no sense
    public Optional<StoreAccess> access(String location) {
        return read().flatMap(content -> {
            try {
                return ServerEntry.find(content, name(), location);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        });
    }

    /// Keeps what a server is to be shown, in the place of what was kept for it before.
    ///
    /// @throws UsageException if others can read the file, or it makes no sense
    /// @throws LocalException if it cannot be written
    public void keep(String location, StoreAccess access) {
        locked(old -> {
            byte[] content = ServerEntry.kept(old, location, access);
            boolean kept = ServerEntry.find(content, name(), location)
                    .filter(found -> found.values().equals(access.values()))
                    .isPresent();
            if (!kept) {
                throw notPlain();
            }
            return Optional.of(content);
        });
    }

    /// Fails early where [#add] could only fail after a long derivation.
    public void requireUsable() {
        read().ifPresent(content -> {
            try {
                YamlReader.read(content, name(), true);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        });
    }

    private Optional<byte[]> read() {
        return files.read(path, SIZE_LIMIT).map(file -> {
            requirePrivate(file.status());
            return file.content();
        });
    }

    private void requirePrivate(FileStatus status) {
        if ((status.mode() & 0077) != 0) {
            throw new UsageException(
                    "others can read or change the secrets file",
                    name(),
                    "Run: chmod 400 '" + name() + "'; if somebody may have read it, change the passphrase");
        }
        long user = files.userId();
        if (user >= 0 && status.uid() != user) {
            throw new UsageException(
                    "the secrets file belongs to another user",
                    name(),
                    "Run this as that user, or set XDG_CONFIG_HOME");
        }
    }

    private Optional<Credential> find(byte[] content, RepositoryId repository) {
        YamlValue entry = YamlReader.read(content, name(), true).entries().get(repository.hex());
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry instanceof YamlValue.Mapping mapping)) {
            throw malformed(entry);
        }
        byte[] encryption = key(mapping, "encryption");
        byte[] mac = key(mapping, "mac");
        try {
            return Optional.of(new Credential(repository, keyName(mapping), encryption, mac));
        } finally {
            Arrays.fill(encryption, (byte) 0);
            Arrays.fill(mac, (byte) 0);
        }
    }

    private String keyName(YamlValue.Mapping entry) {
        String hex = new String(scalar(entry, "key"), StandardCharsets.UTF_8);
        if (!ObjectName.isHex(hex)) {
            throw malformed(entry);
        }
        return hex;
    }

    private byte[] key(YamlValue.Mapping entry, String name) {
        byte[] text = scalar(entry, name);
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length != Credential.KEY_LENGTH) {
                throw malformed(entry);
            }
            return key;
        } catch (IllegalArgumentException _) {
            // The cause would show a piece of the key.
            throw malformed(entry);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private byte[] scalar(YamlValue.Mapping entry, String name) {
        Map<String, YamlValue> fields = entry.entries();
        if (fields.get(name) instanceof YamlValue.Scalar scalar) {
            return scalar.bytes();
        }
        throw malformed(entry);
    }

    private UsageException malformed(YamlValue entry) {
        return new UsageException(
                "this entry of the secrets file makes no sense",
                name() + " line " + entry.line(),
                "Remove the entry, then run: obnam init -r LOCATION");
    }

    private static byte[] withEntry(byte[] old, Credential credential) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(old.length + 512);
        content.writeBytes(old);
        if (old.length > 0 && old[old.length - 1] != '\n') {
            content.write('\n');
        }
        line(content, "\"" + credential.repository().hex() + "\":\n  key: \"" + credential.keyName() + "\"\n");
        keyLine(content, "encryption", credential.encryption());
        keyLine(content, "mac", credential.mac());
        return content.toByteArray();
    }

    private static void line(ByteArrayOutputStream content, String text) {
        content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void keyLine(ByteArrayOutputStream content, String name, byte[] key) {
        byte[] encoded = Base64.getEncoder().encode(key);
        line(content, "  " + name + ": \"");
        content.writeBytes(encoded);
        line(content, "\"\n");
        Arrays.fill(key, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
    }

    /// A file that the user shaped in another way (as a map in braces, for one) must not be broken by the new
    /// lines.
    private void requireAdded(byte[] content, Credential credential) {
        if (find(content, credential.repository()).isEmpty()) {
            throw notPlain();
        }
    }

    private UsageException notPlain() {
        return new UsageException("no entry can be added to the secrets file", name(), "Write it as a plain YAML map");
    }
}
