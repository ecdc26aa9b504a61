package obnam.cli.settings;

import java.util.List;
import java.util.Map;

/// A piece of a YAML document, with the line it begins on, counted from 1.
public sealed interface YamlValue {

    /// Line it begins on.
    int line();

    /// A single value.
    ///
    /// @param bytes its text in UTF-8, or what `!!binary` stands for
    /// @param plain whether it could be a number, a truth value or nothing, so was not quoted
    record Scalar(byte[] bytes, boolean plain, int line) implements YamlValue {}

    /// A list.
    record Sequence(List<YamlValue> items, int line) implements YamlValue {}

    /// A map, in the order of the document.
    record Mapping(Map<String, YamlValue> entries, int line) implements YamlValue {}
}
