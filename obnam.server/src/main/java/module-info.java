/// The program `obnam-server`: keeps repositories of tenants in any store, and speaks the protocol of
/// `docs/protocol.md`.
///
/// - `obnam.server` begins; `obnam.server.command` has the commands, whose options args4j sets through
///   reflection: hence `opens`;
/// - `obnam.server.settings` reads the configuration, `obnam.server.account` has accounts and tokens;
/// - `obnam.server.repository` keeps objects under the accounts' rules;
/// - `obnam.server.http` answers requests, `obnam.server.upkeep` does what is done without any.
///
/// Nothing is exported.
@org.jspecify.annotations.NullMarked
module obnam.server {
    requires static org.jspecify;
    requires obnam.api;
    requires args4j;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    // For SIGHUP, which nothing else tells of.
    requires jdk.unsupported;

    opens obnam.server.command to
            args4j;
}
