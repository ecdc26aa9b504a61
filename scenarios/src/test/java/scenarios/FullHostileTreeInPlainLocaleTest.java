package scenarios;

import obnam.testkit.HostileTree;
import org.junit.jupiter.api.Tag;

/// As [FullHostileTreeTest], in the locale that knows ASCII only.
@Tag("nightly")
class FullHostileTreeInPlainLocaleTest extends HostileTreeScenario {

    FullHostileTreeInPlainLocaleTest() {
        super(HostileTree.Size.FULL, "C");
    }
}
