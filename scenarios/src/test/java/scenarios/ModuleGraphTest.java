package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The picture in the README is the one that the descriptors draw.
class ModuleGraphTest {

    private static final Pattern REQUIRES =
            Pattern.compile("(?m)^ *requires (?:static |transitive )*(obnam\\.[a-z.]+);");
    private static final Pattern ARROW = Pattern.compile("(?m)^ *(obnam\\.[a-z.]+) --> (obnam\\.[a-z.]+)$");

    @Test
    void theReadmeShowsWhatTheModulesRequire() throws IOException {
        SortedSet<String> required = new TreeSet<>();
        for (Path module : Checkout.modules()) {
            REQUIRES.matcher(Files.readString(Checkout.descriptor(module)))
                    .results()
                    .forEach(match -> required.add(module.getFileName() + " --> " + match.group(1)));
        }
        SortedSet<String> drawn = new TreeSet<>();
        ARROW.matcher(Files.readString(Checkout.FOLDER.resolve("README.md")))
                .results()
                .forEach(match -> drawn.add(match.group(1) + " --> " + match.group(2)));
        assertThat(required).isNotEmpty();
        assertThat(drawn).isEqualTo(required);
    }
}
