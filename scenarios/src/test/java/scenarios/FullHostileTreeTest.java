package scenarios;

import obnam.testkit.HostileTree;
import org.junit.jupiter.api.Tag;

/// 200,000 files in a directory, 1,000 levels, 100 GiB of holes.
@Tag("nightly")
class FullHostileTreeTest extends HostileTreeScenario {

    FullHostileTreeTest() {
        super(HostileTree.Size.FULL, "C.UTF-8");
    }
}
