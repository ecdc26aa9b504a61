package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout that is not built yet.
class FirstStartTest {

    private static final String BUILD =
            "mkdir -p target/obnam/lib/mods && echo built >>builds && cp obnam target/obnam/obnam";

    @TempDir
    private Path folder;

    private Path checkout;
    private Launcher launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void checkOut() throws IOException {
        checkout = folder.resolve("checkout");
        launcher = new Launcher(checkout);
        Files.createFile(checkout.resolve("pom.xml"));
        environment.put("JAVA_HOME", Launcher.jdk(folder.resolve("jdk"), "25").toString());
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("OBNAM_AOT", "off");
    }

    @Test
    void theProgramIsBuiltOnceAndStarted() throws Exception {
        maven(BUILD);
        Launcher.Ended first = start("one").await();
        Launcher.Ended second = start("two").await();
        assertThat(first.errors()).contains("building the program").hasLineCount(1);
        assertThat(second.errors()).isEmpty();
        assertThat(second.output()).contains("<version>");
        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        maven(BUILD);
        Launcher.Running one = start("one");
        Launcher.Running two = start("two");
        assertThat(one.await().output()).contains("<version>");
        assertThat(two.await().output()).contains("<version>");
        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLog() throws Exception {
        maven("seq 1000; exit 1");
        Launcher.Ended ended = start("one").await();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors().lines()).contains("1000").doesNotContain("500");
        assertThat(ended.errors()).endsWith("the whole log is in " + checkout.toRealPath() + "/target/build.log\n");
        assertThat(ended.output()).isEmpty();
    }

    private void maven(String body) throws IOException {
        Launcher.script(folder.resolve("bin/mvn"), body);
    }

    private Launcher.Running start(String run) throws IOException {
        return Launcher.start(launcher.file(), folder.resolve(run), environment, "version");
    }
}
