package obnam.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.UsageException;
import obnam.server.http.Limits;

/// What `server.yaml` says. Relative paths in it are relative to its folder.
///
/// @param host to listen on
/// @param port to listen on
/// @param tls the certificate and its key; none for plain HTTP on an address of this machine's own
/// @param storage where the objects are
/// @param state the folder of what the server keeps beside them
/// @param accounts the file of accounts
/// @param accessLog where a line for each request goes; nowhere if missing
/// @param limits what clients may ask for
/// @param scrub how objects are checked in the background
public record ServerSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        String storage,
        Path state,
        Path accounts,
        Optional<Path> accessLog,
        Limits limits,
        Scrubbing scrub) {

    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([^:\\s]+)):([0-9]{1,5})");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");

    /// How objects are checked in the background.
    ///
    /// @param rate bytes a second; 0 for never
    /// @param every how long after the beginning of one round the next may begin
    /// @param repairFrom a second place with the same repositories, from which damaged objects are replaced
    public record Scrubbing(long rate, Duration every, Optional<String> repairFrom) {}

    /// Reads the file.
    ///
    /// @throws UsageException if it makes no sense
    public static ServerSettings read(Path file) {
        SettingsFile map = SettingsFile.read(file);
        Path folder = file.toAbsolutePath().getParent();
        Matcher listen = LISTEN.matcher(map.text("listen").orElse("0.0.0.0:8443"));
        if (!listen.matches() || Integer.parseInt(listen.group(3)) > 65_535) {
            throw new UsageException("this must be HOST:PORT", file + ": listen", "For example 0.0.0.0:8443");
        }
        String host = listen.group(1) != null ? listen.group(1) : listen.group(2);
        Optional<TlsFiles> tls = map.text("certificate")
                .map(certificate -> new TlsFiles(folder.resolve(certificate), folder.resolve(map.required("key"))));
        if (tls.isEmpty() && !LOOPBACK.matcher(host).matches()) {
            throw new UsageException(
                    "without a certificate the server listens on this machine only",
                    file + ": listen",
                    "Set certificate and key, or listen on 127.0.0.1");
        }
        ServerSettings settings = new ServerSettings(
                host,
                Integer.parseInt(listen.group(3)),
                tls,
                storage(map.required("storage"), folder),
                folder.resolve(map.text("state").orElse("state")),
                folder.resolve(map.text("accounts").orElse("accounts.yaml")),
                map.text("access-log").map(folder::resolve),
                limits(map.map("limits")),
                scrubbing(map.map("scrub")));
        map.requireAllKnown();
        return settings;
    }

    private static String storage(String text, Path folder) {
        boolean location = text.matches("[a-z][a-z0-9]+:.*");
        return location ? text : folder.resolve(text).normalize().toString();
    }

    private static Limits limits(SettingsFile map) {
        Limits usual = Limits.DEFAULT;
        long largest = map.size("object").orElse((long) usual.largestObject());
        if (largest < 32 << 20 || largest > 256 << 20) {
            throw new UsageException("the largest object must be between 32 MiB and 256 MiB", "limits: object", "");
        }
        Limits limits = new Limits(
                (int) largest,
                map.size("upload-memory").orElse(usual.uploadMemory()),
                map.number("connections", 1, usual.connections()),
                map.number("requests-per-second", 1, usual.requestsPerSecond()),
                map.number("requests-under-way", 1, usual.requestsUnderWay()),
                map.duration("header", usual.header()),
                map.duration("idle", usual.idle()),
                map.duration("grace", usual.grace()),
                map.number("least-rate", 1, usual.leastRate()));
        map.requireAllKnown();
        return limits;
    }

    private static Scrubbing scrubbing(SettingsFile map) {
        Scrubbing scrub = new Scrubbing(
                map.size("rate").orElse(20L << 20),
                map.duration("every", Duration.ofDays(30)),
                map.text("repair-from"));
        map.requireAllKnown();
        return scrub;
    }
}
