package obnam.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import obnam.engine.Progress;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private final List<String> done = new ArrayList<>();
    private final Interruption interruption = new Interruption(() -> done.add("exit"), () -> done.add("halt"));

    @Test
    void theFirstRequestCancelsTheRunAndTheSecondHalts() {
        Progress progress = new Progress(problem -> {});

        interruption.during(progress, () -> {
            interruption.request();
            assertThat(progress.cancelled()).isTrue();
            assertThat(done).isEmpty();
            interruption.request();
            return "";
        });
        assertThat(done).containsExactly("halt");
    }

    @Test
    void withoutARunTheFirstRequestEndsTheProcess() {
        interruption.during(new Progress(problem -> {}), () -> "");
        interruption.request();
        assertThat(done).containsExactly("exit");
    }
}
