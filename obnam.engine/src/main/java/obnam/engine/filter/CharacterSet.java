package obnam.engine.filter;

import java.util.ArrayList;
import java.util.List;

/// What stands between brackets in a pattern.
///
/// @param ranges pairs of first and last character
/// @param negated whether it stands for all characters that are in none of the ranges
record CharacterSet(List<Range> ranges, boolean negated) {

    /// @param first the first character
    /// @param last the last character, which belongs to it
    record Range(int first, int last) {}

    boolean contains(int character) {
        boolean inside = false;
        // By index: an iterator would be an allocation for each character.
        for (int i = 0; i < ranges.size() && !inside; i++) {
            inside = character >= ranges.get(i).first && character <= ranges.get(i).last;
        }
        return inside != negated;
    }

    /// The ASCII characters of a class of POSIX, such as `digit`; none if there is no such class.
    static List<Range> posixClass(String name) {
        String pairs = switch (name) {
            case "alnum" -> "09AZaz";
            case "alpha" -> "AZaz";
            case "blank" -> "\t\t  ";
            case "cntrl" -> "\u0001\u001f\u007f\u007f";
            case "digit" -> "09";
            case "graph" -> "!~";
            case "lower" -> "az";
            case "print" -> " ~";
            case "punct" -> "!/:@[`{~";
            case "space" -> "\t\r  ";
            case "upper" -> "AZ";
            case "xdigit" -> "09AFaf";
            default -> "";
        };
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < pairs.length(); i += 2) {
            ranges.add(new Range(pairs.charAt(i), pairs.charAt(i + 1)));
        }
        return ranges;
    }
}
