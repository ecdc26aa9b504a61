/// The program `obnam`: commands, configuration, progress, and the wiring of providers.
///
/// - `obnam.cli` begins, dispatches and tells of errors;
/// - `obnam.cli.command` has the verbs, whose options args4j sets through reflection: hence `opens`;
/// - `obnam.cli.settings` reads the configuration, `obnam.cli.secret` keys and passphrases;
/// - `obnam.cli.terminal` writes, `obnam.cli.host` is what commands see of the machine;
/// - `obnam.cli.derivation` derives keys in a process of its own;
/// - `obnam.cli.engine` is the seam to the engine.
///
/// Nothing is exported: other programs use `--json`, or the engine.
@org.jspecify.annotations.NullMarked
module obnam.cli {
    requires static org.jspecify;
    requires obnam.api;
    requires obnam.engine;
    requires obnam.posix;
    requires args4j;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
    // For signals, which nothing else tells of.
    requires jdk.unsupported;

    opens obnam.cli.command to
            args4j;
}
