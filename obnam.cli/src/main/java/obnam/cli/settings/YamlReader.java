package obnam.cli.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import obnam.api.UsageException;
import obnam.posix.FileNames;

/// Reads the YAML this program uses: maps, lists and single values of one document, without aliases. Events are
/// read one by one, without data binding, since that is the greater part of the time a start takes.
public final class YamlReader {

    private static final int DEPTH_LIMIT = 10;

    private final YAMLParser parser;
    private final String file;
    private final boolean secret;

    private YamlReader(YAMLParser parser, String file, boolean secret) {
        this.parser = parser;
        this.file = file;
        this.secret = secret;
    }

    /// Reads a document that is a map.
    ///
    /// @param content of a file of bounded size
    /// @param file its printable name, for errors
    /// @param secret whether errors must not show what stands in the file
    /// @return an empty map if the document is empty
    /// @throws UsageException if it is something else; it names the line
    public static YamlValue.Mapping read(byte[] content, String file, boolean secret) {
        try (YAMLParser parser = new YAMLFactory().createParser(content)) {
            return new YamlReader(parser, file, secret).document();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw refused("this is not valid YAML", file, line, secret ? "" : e.getOriginalMessage());
        } catch (IOException e) {
            throw refused("this is not valid UTF-8", file, 1, "Write names that are not UTF-8 as !!binary");
        }
    }

    private YamlValue.Mapping document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL || isEmptyText(first)) {
            return new YamlValue.Mapping(Map.of(), 1);
        }
        if (!(value(first, 0) instanceof YamlValue.Mapping mapping)) {
            throw refused("this file must hold a map", line(), "Write lines of the form key: value");
        }
        if (parser.nextToken() != null) {
            throw refused("this file must hold one document", line(), "Remove what follows");
        }
        return mapping;
    }

    private boolean isEmptyText(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING && parser.getText().isEmpty();
    }

    private YamlValue value(JsonToken token, int depth) throws IOException {
        int line = line();
        if (depth > DEPTH_LIMIT) {
            throw refused("this is nested too deeply", line, "");
        }
        if (parser.isCurrentAlias()) {
            throw refused("aliases are not supported here", line, "Write the value once more");
        }
        return switch (token) {
            case START_OBJECT -> mapping(line, depth);
            case START_ARRAY -> sequence(line, depth);
            case VALUE_STRING -> new YamlValue.Scalar(FileNames.of(parser.getText()), false, line);
            case VALUE_EMBEDDED_OBJECT -> new YamlValue.Scalar(parser.getBinaryValue(), false, line);
            default -> new YamlValue.Scalar(FileNames.of(parser.getText()), true, line);
        };
    }

    private YamlValue.Mapping mapping(int line, int depth) throws IOException {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            YamlValue value = value(parser.nextToken(), depth + 1);
            if (entries.put(key, value) != null) {
                throw refused("this key stands here twice" + (secret ? "" : ": " + key), keyLine, "Remove one of them");
            }
        }
        return new YamlValue.Mapping(entries, line);
    }

    private YamlValue.Sequence sequence(int line, int depth) throws IOException {
        List<YamlValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, depth + 1));
        }
        return new YamlValue.Sequence(items, line);
    }

    private int line() {
        return ((JsonParser) parser).currentTokenLocation().getLineNr();
    }

    private UsageException refused(String what, int line, String advice) {
        return refused(what, file, line, advice);
    }

    private static UsageException refused(String what, String file, int line, String advice) {
        return new UsageException(what, file + " line " + line, advice.replaceAll("\\s*\\R\\s*", " "));
    }
}
