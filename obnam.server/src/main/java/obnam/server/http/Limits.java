package obnam.server.http;

import java.time.Duration;

/// What a client can ask of the server at most.
///
/// @param largestObject length of an object in bytes
/// @param uploadMemory bytes of objects that are being received, of all clients together
/// @param connections open at once
/// @param requestsPerSecond of one tenant
/// @param requestsUnderWay of one token
/// @param header how long a connection may take to send a request's header, and be idle between requests
/// @param idle how long nothing may come while a body is sent or an answer is taken
/// @param grace for how long a body may come at any rate
/// @param leastRate bytes a second that a body must come at after that
public record Limits(
        int largestObject,
        long uploadMemory,
        int connections,
        int requestsPerSecond,
        int requestsUnderWay,
        Duration header,
        Duration idle,
        Duration grace,
        int leastRate) {

    /// For a machine that does little else, with a heap of 512 MiB.
    public static final Limits DEFAULT = new Limits(
            64 << 20,
            192L << 20,
            2000,
            2000,
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            10_000);
}
