package scenarios;

import obnam.testkit.HostileTree;

/// In the locale of cron jobs and rescue systems, which knows ASCII only.
class HostileTreeInPlainLocaleTest extends HostileTreeScenario {

    HostileTreeInPlainLocaleTest() {
        super(HostileTree.Size.MEDIUM, "C");
    }
}
