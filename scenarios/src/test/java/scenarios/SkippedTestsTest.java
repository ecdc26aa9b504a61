package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// This module is built last, so the reports of all others are there.
class SkippedTestsTest {

    private static final Pattern SKIPPED = Pattern.compile("<testsuite [^>]*skipped=\"([0-9]+)\"");

    @Test
    void noTestOfAnyModuleWasSkipped() throws IOException {
        List<String> skipping = new ArrayList<>();
        List<Path> reports = reports();
        for (Path report : reports) {
            var skipped = SKIPPED.matcher(Files.readString(report));
            assertThat(skipped.find()).as("%s is a report", report).isTrue();
            if (!skipped.group(1).equals("0")) {
                skipping.add(report.getFileName() + " skips " + skipped.group(1));
            }
        }
        assertThat(reports).isNotEmpty();
        assertThat(skipping).isEmpty();
    }

    private static List<Path> reports() throws IOException {
        List<Path> reports = new ArrayList<>();
        for (Path module : Checkout.modules()) {
            Path folder = module.resolve("target/surefire-reports");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".xml")).forEach(reports::add);
                }
            }
        }
        return reports;
    }
}
