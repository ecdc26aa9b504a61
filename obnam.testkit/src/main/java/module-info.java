/// Contract tests for the service interfaces of `obnam.api`, to be extended by the author of a provider, and
/// fixtures that behave badly on purpose. Published for third parties; our own providers pass the same tests.
@org.jspecify.annotations.NullMarked
module obnam.testkit {
    requires static org.jspecify;
    requires transitive obnam.api;
    requires transitive obnam.posix;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports obnam.testkit;
}
