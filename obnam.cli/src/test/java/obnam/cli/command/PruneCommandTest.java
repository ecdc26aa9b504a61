package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import obnam.cli.FakeMachine;
import obnam.engine.PruneRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneCommandTest {

    @TempDir
    private Path home;

    private FakeMachine machine = new FakeMachine(Path.of("/"));

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(home).variable("OBNAM_PASSPHRASE", "secret");
        machine.run("init");
    }

    @Test
    void pruneTellsWhatItFreedAndMoved() {
        assertThat(machine.run("prune")).isZero();
        assertThat(machine.engine.prunes).containsExactly(PruneRequest.DEFAULT);
        assertThat(machine.out()).isEqualTo("""
                        of 4.883 KiB in 10 packs, 1.953 KiB were unused
                        deleted 5 objects with 1.855 KiB, put 100 B; moved 700 B, 300 B of it anew
                        freed 1.758 KiB with 42 requests, in 0.0 s
                        """);
    }

    @Test
    void pruneTakesItsLimits() {
        assertThat(machine.run("prune", "--max-unused", "12.5%", "--max-repack-size", "2G", "--verify-moves", "-n"))
                .isZero();
        assertThat(machine.engine.prunes).containsExactly(new PruneRequest(0.125, 2L << 30, true, true));
        assertThat(machine.run("prune", "--max-unused", "101%")).isEqualTo(2);
        assertThat(machine.run("prune", "--max-unused", "5")).isEqualTo(2);
        assertThat(machine.run("prune", "--max-repack-size", "2X")).isEqualTo(2);
        assertThat(machine.run("prune", "--json")).isZero();
        assertThat(machine.out()).contains("\"moved_bytes\":700", "\"requests\":42");
    }
}
