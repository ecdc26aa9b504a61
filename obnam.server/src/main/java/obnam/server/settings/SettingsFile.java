package obnam.server.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import obnam.api.LocalException;
import obnam.api.UsageException;

/// A map in a YAML file. Every key must be one that is asked for: what is misspelt must not be taken for the
/// default.
public final class SettingsFile {

    private static final long SIZE_LIMIT = 16 << 20;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonNode node;
    private final String place;
    private final Set<String> asked = new HashSet<>();

    private SettingsFile(JsonNode node, String place) {
        this.node = node;
        this.place = place;
    }

    /// @throws UsageException if it is not such a file
    public static SettingsFile read(Path file) {
        try {
            if (Files.size(file) > SIZE_LIMIT) {
                throw new UsageException("the file is too long", file.toString(), "");
            }
            return of(YAML.readTree(Files.readAllBytes(file)), file.toString());
        } catch (JsonProcessingException e) {
            throw new UsageException(
                    "this is not valid YAML",
                    file + " line " + e.getLocation().getLineNr(),
                    e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " "));
        } catch (IOException e) {
            throw new LocalException("a file cannot be read", file.toString(), "Check the path and its rights", e);
        }
    }

    private static SettingsFile of(JsonNode node, String place) {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new UsageException("there must be a map here", place, "Write lines of the form key: value");
        }
        return new SettingsFile(node, place);
    }

    /// The text of a key.
    public Optional<String> text(String key) {
        asked.add(key);
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw refused(key, "this must be a single value");
        }
        return Optional.of(value.asText());
    }

    /// The text of a key that must be there.
    public String required(String key) {
        return text(key).orElseThrow(() -> refused(key, "this setting is missing"));
    }

    /// A number of bytes.
    public Optional<Long> size(String key) {
        return text(key).map(text -> parsed(key, Quantities.size(text), "a size such as 64 MiB"));
    }

    /// A duration.
    public Duration duration(String key, Duration ifMissing) {
        return text(key)
                .map(text -> parsed(key, Quantities.duration(text), "a time such as 30 days"))
                .orElse(ifMissing);
    }

    /// A whole number.
    public int number(String key, int least, int ifMissing) {
        return text(key)
                .map(text -> parsed(
                        key,
                        text.matches("[0-9]{1,9}")
                                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= least)
                                : Optional.empty(),
                        "a number of at least " + least))
                .orElse(ifMissing);
    }

    /// A truth value.
    public boolean flag(String key) {
        return text(key)
                .map(text -> parsed(
                        key,
                        text.equals("true") || text.equals("false")
                                ? Optional.of(text.equals("true"))
                                : Optional.empty(),
                        "true or false"))
                .orElse(false);
    }

    /// The map below a key; an empty one if there is none.
    public SettingsFile map(String key) {
        asked.add(key);
        return of(node.path(key), place + ": " + key);
    }

    /// Reads a value with a function that throws [UsageException].
    public <T> Optional<T> read(String key, Function<String, T> reader) {
        return text(key).map(reader);
    }

    /// The keys of this map, all of which count as asked for.
    public Set<String> keys() {
        Set<String> keys = new java.util.TreeSet<>();
        node.properties().forEach(each -> keys.add(each.getKey()));
        asked.addAll(keys);
        return keys;
    }

    /// @throws UsageException if there is a key that nobody asked for
    public void requireAllKnown() {
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!asked.contains(each.getKey())) {
                throw refused(each.getKey(), "there is no such setting");
            }
        }
    }

    private <T> T parsed(String key, Optional<T> value, String form) {
        return value.orElseThrow(() -> refused(key, "this must be " + form));
    }

    private UsageException refused(String key, String what) {
        return new UsageException(what, place + ": " + key, "See the manual of the server");
    }
}
