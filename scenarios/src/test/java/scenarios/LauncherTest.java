package scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    private Path folder;

    private Path jdk;
    private Launcher launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        launcher = new Launcher(folder.resolve("an installation")).installed();
        Launcher.script(folder.resolve("an installation/train-aot"), "exit 1");
        jdk = Launcher.jdk(folder.resolve("jdk"), "25.0.3");
        environment.put("JAVA_HOME", jdk.toString());
    }

    @Test
    void argumentsArriveUnchanged() throws Exception {
        Launcher.Ended ended = run("backup", "two  words", "*", "", "new\nline", "--", "-x");
        assertThat(String.join("\n", ended.output()))
                .contains(
                        "<-m>\n<obnam.cli/obnam.cli.Main>\n<backup>\n<two  words>\n<*>\n<>\n<new\nline>\n<-->\n<-x>\n");
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    @Test
    void theModulesBesideItAreUsedThroughSymbolicLinksToo() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("second"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("../an installation/obnam"));
        Launcher.Ended ended = Launcher.start(bin.resolve("first"), folder.resolve("run"), environment)
                .await();
        Path modules = folder.toRealPath().resolve("an installation/lib/mods");
        assertThat(ended.output()).contains("<-p>", "<" + modules + ">");
    }

    @Test
    void aJdkOfAnotherVersionIsPassedOver() throws Exception {
        Path other = Launcher.jdk(folder.resolve("other"), "17.0.25");
        environment.put("JAVA_HOME", other.toString());
        environment.put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(run("version").output()).contains("home=" + jdk.toRealPath());
    }

    @Test
    void aJdkOnThePathIsFoundBehindLinks() throws Exception {
        environment.remove("JAVA_HOME");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(run("version").output()).contains("home=" + jdk.toRealPath());
    }

    @Test
    void theLocaleOfTheJvmIsUtf8AndTheUsersIsKept() throws Exception {
        environment.put("LC_ALL", "de_DE.ISO-8859-1");
        assertThat(run("version").output()).contains("LC_ALL=C.UTF-8", "OBNAM_ORIGINAL_LC_ALL=de_DE.ISO-8859-1");
    }

    @Test
    void optionsThatMakeTheJvmTalkAreNotHandedOn() throws Exception {
        environment.put("JAVA_TOOL_OPTIONS", "-Dtool");
        environment.put("_JAVA_OPTIONS", "-Dunderscore");
        environment.put("JDK_JAVA_OPTIONS", "-Dlauncher");
        assertThat(run("version").output()).noneMatch(line -> line.contains("JAVA_OPTIONS") || line.contains("TOOL"));
    }

    @Test
    void ownOptionsComeAfterTheDefaultsAndAreNoFilePatterns() throws Exception {
        environment.put("OBNAM_JAVA_OPTIONS", "-Xmx2g -Dpattern=/*");
        assertThat(run("version").output()).containsSubsequence("<-Xmn80m>", "<-Xmx2g>", "<-Dpattern=/*>", "<-m>");
    }

    @Test
    void theMemoryLimitDecidesTheHeap() throws Exception {
        assertThat(run("--memory-limit", "256M", "version").output()).contains("<-Xmx126m>", "<-Xmn42m>");
        assertThat(run("version", "--memory-limit=1GiB").output()).contains("<-Xmx894m>", "<-Xmn298m>");
        environment.put("OBNAM_MEMORY_LIMIT", "430M");
        assertThat(run("version").output()).contains("<-Xmx300m>", "<-Xmn100m>");
        assertThat(run("version", "--memory-limit", "2G").output()).contains("<-Xmx1918m>");
    }

    @Test
    void memoryLimitsThatMakeNoSenseAreLeftToTheProgram() throws Exception {
        List<String> usual = run("version").output();
        String heap = usual.stream()
                .filter(line -> line.startsWith("<-Xmx"))
                .findFirst()
                .orElseThrow();
        for (String limit : List.of("", "255M", "0300M", "300", "3M0M", "1.5G", "$(id)M", "123456M", "M", "*M")) {
            Launcher.Ended ended = run("version", "--memory-limit", limit);
            assertThat(ended.output()).contains(heap, "<" + limit + ">");
            assertThat(ended.errors()).isEmpty();
        }
        assertThat(run("backup", "--", "--memory-limit=1G").output()).contains(heap);
    }

    @Test
    void theStartUpCacheIsTrainedOnceAndUsed() throws Exception {
        Path installation = folder.resolve("an installation");
        Launcher.script(installation.resolve("train-aot"), "echo trained >>\"$2\"");
        run("version");
        Path cache = installation.resolve("obnam-25.0.3.aot");
        assertThat(run("version").output()).contains("<-XX:AOTCache=" + cache.toRealPath() + ">");
        assertThat(cache).hasContent("trained");
    }

    @Test
    void aFailedTrainingIsNoFailure() throws Exception {
        Launcher.Ended ended = run("version");
        assertThat(ended.code()).isZero();
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).noneMatch(line -> line.contains("AOTCache"));
    }

    @Test
    void anIncompleteInstallationIsNamed() throws Exception {
        Files.delete(folder.resolve("an installation/lib/mods"));
        Launcher.Ended ended = run("version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("lib/mods is missing").hasLineCount(1);
    }

    private Launcher.Ended run(String... arguments) throws IOException, InterruptedException {
        return Launcher.start(launcher.file(), folder.resolve("run"), environment, arguments)
                .await();
    }
}
