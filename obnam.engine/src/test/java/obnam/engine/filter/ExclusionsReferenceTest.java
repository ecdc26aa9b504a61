package obnam.engine.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Compares with a matcher that follows the definition by trying everything.
class ExclusionsReferenceTest {

    private static final String[] PARTS = {
        "a", "b", "*", "?", "**", "a*", "*b", "[ab]", "[!a]", "a?b", "*a*b", "é", "\\*"
    };
    private static final String[] NAMES = {"a", "b", "ab", "aab", "aéb", "bab", "é", "*", "abab"};

    @Test
    void agreesWithTheDefinition() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            List<String> patterns = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                patterns.add(pattern(random));
            }
            String path = path(random);
            boolean directory = random.nextBoolean();
            boolean actual = Exclusions.of(
                            patterns.stream().map(p -> p.getBytes(UTF_8)).toList())
                    .excludes(path.getBytes(UTF_8), directory);
            assertThat(actual)
                    .as("patterns %s, path %s, directory %s, seed %d", patterns, path, directory, seed)
                    .isEqualTo(expected(patterns, path, directory));
        }
    }

    private static String pattern(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
        text.append(random.nextBoolean() ? "/" : "");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]).append(i > 0 ? "/" : "");
        }
        return text.append(random.nextInt(4) == 0 ? "/" : "").toString();
    }

    private static String path(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return text.toString();
    }

    private static boolean expected(List<String> patterns, String path, boolean directory) {
        boolean excluded = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(negated ? pattern.substring(1) : pattern, path, directory)) {
                excluded = !negated;
            }
        }
        return excluded;
    }

    private static boolean matches(String pattern, String path, boolean directory) {
        boolean directoriesOnly = pattern.endsWith("/");
        String body = directoriesOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        List<String> names = List.of(path.substring(1).split("/"));
        if (directoriesOnly && !directory) {
            return false;
        }
        if (!body.contains("/")) {
            return part(body, names.getLast());
        }
        return parts(List.of((body.startsWith("/") ? body.substring(1) : body).split("/")), names);
    }

    private static boolean parts(List<String> parts, List<String> names) {
        if (parts.isEmpty() || names.isEmpty()) {
            return parts.isEmpty() && names.isEmpty();
        }
        List<String> rest = parts.subList(1, parts.size());
        if (!parts.getFirst().equals("**")) {
            return part(parts.getFirst(), names.getFirst()) && parts(rest, names.subList(1, names.size()));
        }
        if (rest.stream().allMatch("**"::equals)) {
            return true;
        }
        return parts(rest, names) || parts(parts, names.subList(1, names.size()));
    }

    private static boolean part(String glob, String name) {
        if (glob.isEmpty()) {
            return name.isEmpty();
        }
        if (glob.startsWith("*")) {
            return part(glob.substring(1), name) || (!name.isEmpty() && part(glob, name.substring(1)));
        }
        if (name.isEmpty()) {
            return false;
        }
        char first = name.charAt(0);
        String restOfName = name.substring(1);
        if (glob.startsWith("?")) {
            return part(glob.substring(1), restOfName);
        }
        if (glob.startsWith("[ab]")) {
            return (first == 'a' || first == 'b') && part(glob.substring(4), restOfName);
        }
        if (glob.startsWith("[!a]")) {
            return first != 'a' && part(glob.substring(4), restOfName);
        }
        String literal = glob.startsWith("\\") ? glob.substring(1) : glob;
        return first == literal.charAt(0) && part(literal.substring(1), restOfName);
    }
}
