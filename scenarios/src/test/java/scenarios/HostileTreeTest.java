package scenarios;

import obnam.testkit.HostileTree;

/// In the locale most users have.
class HostileTreeTest extends HostileTreeScenario {

    HostileTreeTest() {
        super(HostileTree.Size.MEDIUM, "C.UTF-8");
    }
}
