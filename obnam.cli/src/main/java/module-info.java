/// The program `obnam`: commands, configuration, progress, and the wiring of providers. Commands are filled in by
/// args4j through reflection, to which this package is opened.
@org.jspecify.annotations.NullMarked
module obnam.cli {
    requires static org.jspecify;
    requires obnam.api;
    requires obnam.engine;
    requires obnam.posix;
    requires args4j;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;

    // opens obnam.cli to args4j;
}
