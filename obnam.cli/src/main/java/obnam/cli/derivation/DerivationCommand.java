package obnam.cli.derivation;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/// The command that starts a [DerivationProcess]: this Java, with the modules or classes of this program.
final class DerivationCommand {

    /// What the process has of heap beside the memory of the derivation.
    static final long BESIDE = 64L << 20;
    /// What the process needs of memory beside its heap: the JVM itself, code, threads.
    static final long OUTSIDE = 64L << 20;

    private static final String MAIN = DerivationProcess.class.getName();

    private DerivationCommand() {}

    /// @param memory bytes of heap that the derivation takes
    static List<String> of(long memory) {
        long heap = (memory + BESIDE + (1 << 20) - 1) >> 20;
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                // As in the launcher: a small JVM, no output of its own, no core with keys. The start-up cache was
                // tried: it holds next to nothing of what is used here, and saves no time that could be measured.
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xlog:disable",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                // Nearly all of it lives until the end, so it goes to the old generation at once and stays there.
                "-Xms" + heap + "m",
                "-Xmx" + heap + "m",
                "-Xmn8m"));
        addPath(command, "-p", "jdk.module.path");
        addPath(command, "-cp", "java.class.path");
        Module module = DerivationProcess.class.getModule();
        command.addAll(module.isNamed() ? List.of("-m", module.getName() + "/" + MAIN) : List.of(MAIN));
        return List.copyOf(command);
    }

    private static void addPath(List<String> command, String option, String property) {
        String path = System.getProperty(property, "");
        if (!path.isEmpty()) {
            command.add(option);
            command.add(path);
        }
    }
}
