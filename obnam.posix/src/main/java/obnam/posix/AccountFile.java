package obnam.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// `/etc/passwd` or `/etc/group`: lines of fields between colons, of which the first is the name and the third the
/// number. The first line with a name or a number wins, as in the C library. Immutable.
final class AccountFile {
    private final Map<Long, byte[]> names = new HashMap<>();
    private final Map<String, Long> ids = new HashMap<>();

    private AccountFile() {}

    /// Reads a file; one that cannot be read is taken as empty, since other sources follow.
    static AccountFile read(String path) {
        AccountFile accounts = new AccountFile();
        try {
            for (String line : Files.readAllLines(Path.of(path), StandardCharsets.ISO_8859_1)) {
                accounts.add(line.split(":", 4));
            }
        } catch (IOException _) {
            return new AccountFile();
        }
        return accounts;
    }

    private void add(String[] fields) {
        if (fields.length < 3 || fields[0].isEmpty() || !fields[2].matches("[0-9]{1,10}")) {
            return;
        }
        long id = Long.parseLong(fields[2]);
        names.putIfAbsent(id, fields[0].getBytes(StandardCharsets.ISO_8859_1));
        ids.putIfAbsent(fields[0], id);
    }

    Optional<byte[]> name(long id) {
        return Optional.ofNullable(names.get(id));
    }

    /// @param key of the name, from [#key]
    OptionalLong id(String key) {
        Long id = ids.get(key);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /// The name as a key of maps: one character for each byte.
    static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
