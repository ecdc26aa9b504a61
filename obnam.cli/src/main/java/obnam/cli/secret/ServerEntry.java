package obnam.cli.secret;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import obnam.api.StoreAccess;
import obnam.api.UsageException;
import obnam.cli.settings.YamlReader;
import obnam.cli.settings.YamlValue;

/// The entry of a server in the secrets file: the location of a repository, with what the server is shown.
///
/// ```yaml
/// "https://backup.example.org:8443/laptop":
///   pin: "…"
///   token: "…"
/// ```
final class ServerEntry {

    /// Behind each end of a line, so that lines keep theirs.
    private static final Pattern LINE_END = Pattern.compile("(?<=\n)");

    private ServerEntry() {}

    /// @param content of the file
    /// @param file its name, for errors
    static Optional<StoreAccess> find(byte[] content, String file, String location) {
        YamlValue entry = YamlReader.read(content, file, true).entries().get(location);
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry instanceof YamlValue.Mapping mapping)) {
            throw malformed(file, entry);
        }
        Map<String, String> values = new HashMap<>();
        mapping.entries().forEach((name, value) -> {
            if (!(value instanceof YamlValue.Scalar scalar)) {
                throw malformed(file, value);
            }
            values.put(name, new String(scalar.bytes(), StandardCharsets.UTF_8));
        });
        return Optional.of(new StoreAccess(values));
    }

    private static UsageException malformed(String file, YamlValue value) {
        return new UsageException(
                "this entry of the secrets file makes no sense",
                file + " line " + value.line(),
                "Remove the entry, then run: obnam init -r LOCATION");
    }

    /// The file with the entry, and without the one that it had for that location, if it is of the form above.
    static byte[] kept(byte[] old, String location, StoreAccess access) {
        StringBuilder content = new StringBuilder();
        String head = quoted(location) + ":";
        boolean own = false;
        for (String line : LINE_END.split(new String(old, StandardCharsets.UTF_8), -1)) {
            own = own ? line.startsWith(" ") : line.strip().equals(head);
            if (!own) {
                content.append(line);
            }
        }
        if (!content.isEmpty() && content.charAt(content.length() - 1) != '\n') {
            content.append('\n');
        }
        content.append(head).append('\n');
        new TreeMap<>(access.values())
                .forEach((name, value) -> content.append("  ")
                        .append(name)
                        .append(": ")
                        .append(quoted(value))
                        .append('\n'));
        return content.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || c == '"' || c == '\\') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
