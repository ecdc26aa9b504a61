package obnam.cli.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.host.PathBytes;
import obnam.cli.host.Utf8;
import obnam.engine.Compression;
import obnam.posix.FileNames;

/// Reads `obnam.yaml`. Whatever it does not know is an error that names the line, so that a misspelt key
/// cannot leave anything out of a backup unnoticed.
public final class ConfigurationReader {

    private static final String PROFILES = "profiles";
    private static final List<String> KEYS = List.of(
            "repository", "roots", "exclude", "exclude-caches", "one-file-system", "tags", "compression", "keep");

    private final String file;
    private final byte[] home;
    private final Map<String, YamlValue> values;

    private ConfigurationReader(String file, byte[] home, Map<String, YamlValue> values) {
        this.file = file;
        this.home = home;
        this.values = values;
    }

    /// Reads the content of a configuration file.
    ///
    /// @param file its printable name, for errors
    /// @param home the home directory, which `~/` stands for
    /// @param profile name of the profile whose keys take the place of the others
    /// @throws UsageException if something in it makes no sense; it names the line
    public static Configuration read(byte[] content, String file, byte[] home, Optional<String> profile) {
        Map<String, YamlValue> values =
                new LinkedHashMap<>(YamlReader.read(content, file, false).entries());
        Map<String, YamlValue> profiles = profiles(values.remove(PROFILES), file);
        requireKnown(values, file);
        for (YamlValue each : profiles.values()) {
            requireKnown(mapping(each, file).entries(), file);
        }
        if (profile.isPresent()) {
            YamlValue chosen = profiles.get(profile.get());
            if (chosen == null) {
                throw noProfile(profile.get(), file, profiles);
            }
            values.putAll(mapping(chosen, file).entries());
        }
        return new ConfigurationReader(file, home, values).configuration();
    }

    /// The error for a profile that is not there.
    static UsageException noProfile(String profile, String file, Map<String, ?> profiles) {
        String list = profiles.isEmpty() ? "none" : String.join(", ", profiles.keySet());
        return new UsageException("there is no profile of this name in " + file, profile, "Profiles there: " + list);
    }

    private static Map<String, YamlValue> profiles(@org.jspecify.annotations.Nullable YamlValue value, String file) {
        return value == null ? Map.of() : mapping(value, file).entries();
    }

    private static YamlValue.Mapping mapping(YamlValue value, String file) {
        if (value instanceof YamlValue.Mapping mapping) {
            return mapping;
        }
        throw refused("a map is wanted here", file, value, "Write lines of the form key: value, indented");
    }

    private static void requireKnown(Map<String, YamlValue> values, String file) {
        for (Map.Entry<String, YamlValue> entry : values.entrySet()) {
            if (!KEYS.contains(entry.getKey())) {
                throw refused(
                        "there is no setting of this name: " + FileNames.display(FileNames.of(entry.getKey())),
                        file,
                        entry.getValue(),
                        "Settings are " + String.join(", ", KEYS) + ", " + PROFILES);
            }
        }
    }

    private Configuration configuration() {
        return new Configuration(
                text("repository"),
                list("roots").stream().map(this::root).toList(),
                list("exclude").stream()
                        .map(item -> PathBytes.expandHome(item.bytes(), home))
                        .toList(),
                truth("exclude-caches"),
                truth("one-file-system"),
                list("tags").stream().map(this::utf8).toList(),
                scalar("compression").map(this::compression),
                keep());
    }

    private KeepRules keep() {
        YamlValue value = values.get("keep");
        return value == null ? KeepRules.NONE : new KeepReader(file).read(value);
    }

    private byte[] root(YamlValue.Scalar item) {
        byte[] path = PathBytes.expandHome(item.bytes(), home);
        if (!PathBytes.isAbsolute(path)) {
            throw refused(
                    "a root must be an absolute path: " + FileNames.display(item.bytes()),
                    file,
                    item,
                    "Begin it with / or ~/");
        }
        return PathBytes.absolute(path, path);
    }

    private Compression compression(YamlValue.Scalar value) {
        return Compressions.parse(utf8(value))
                .orElseThrow(() -> refused("there is no compression of this name", file, value, Compressions.LIST));
    }

    private Optional<Boolean> truth(String key) {
        return scalar(key).map(value -> switch (utf8(value).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key + " is true or false", file, value, "");
        });
    }

    private Optional<String> text(String key) {
        return scalar(key).map(this::utf8).map(text -> {
            byte[] expanded = PathBytes.expandHome(FileNames.of(text), home);
            return Utf8.decode(expanded).orElse(text);
        });
    }

    private String utf8(YamlValue.Scalar value) {
        return Utf8.decode(value.bytes()).orElseThrow(() -> refused("this must be valid UTF-8", file, value, ""));
    }

    private Optional<YamlValue.Scalar> scalar(String key) {
        YamlValue value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof YamlValue.Scalar scalar && scalar.bytes().length > 0) {
            return Optional.of(scalar);
        }
        throw refused("one value is wanted for " + key, file, value, "");
    }

    /// A list; a single value stands for a list of one.
    private List<YamlValue.Scalar> list(String key) {
        YamlValue value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof YamlValue.Sequence sequence) {
            return sequence.items().stream().map(item -> item(key, item)).toList();
        }
        return List.of(item(key, value));
    }

    private YamlValue.Scalar item(String key, YamlValue item) {
        if (item instanceof YamlValue.Scalar scalar && scalar.bytes().length > 0) {
            return scalar;
        }
        throw refused("a list of values is wanted for " + key, file, item, "");
    }

    private static UsageException refused(String what, String file, YamlValue where, String advice) {
        return new UsageException(what, file + " line " + where.line(), advice);
    }
}
