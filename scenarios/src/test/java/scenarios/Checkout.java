package scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that these tests are part of.
final class Checkout {

    /// Its top folder, as the build tells it.
    static final Path FOLDER = Path.of(System.getProperty("scenarios.checkout"));

    private Checkout() {}

    /// The folders of the modules, which are those with a module descriptor.
    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(descriptor(folder)))
                    .sorted()
                    .toList();
        }
    }

    static Path descriptor(Path module) {
        return module.resolve("src/main/java/module-info.java");
    }
}
