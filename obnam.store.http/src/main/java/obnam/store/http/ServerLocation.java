package obnam.store.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.UsageException;

/// The URL of a repository.
///
/// @param base ends with a slash; without user, query and fragment
/// @param user the name in front of the host, if one was given
record ServerLocation(URI base, Optional<String> user) {

    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?");
    private static final Pattern USER = Pattern.compile("[^:\\p{Cntrl}]+");

    /// @param scheme `http` or `https`
    /// @param rest what follows the scheme's colon; untrusted
    /// @throws UsageException if it is not a URL of a repository
    static ServerLocation of(String scheme, String rest) {
        try {
            URI uri = new URI(scheme + ":" + rest);
            boolean whole = uri.getHost() != null && uri.getPort() <= 65_535;
            if (!whole || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw refused(scheme, "a location on a server is a URL", "Write " + scheme + "://HOST:PORT/PATH");
            }
            Optional<String> user = Optional.ofNullable(uri.getUserInfo());
            if (user.isPresent() && !USER.matcher(user.get()).matches()) {
                throw refused(
                        scheme,
                        "a location must hold no password, since others could see it",
                        "Give it in a file, with --token-file, or in OBNAM_TOKEN");
            }
            String path = uri.getRawPath();
            if (!PATH.matcher(path).matches()) {
                throw refused(scheme, "the path has characters that are not allowed in it", "Use a-z, 0-9, - and _");
            }
            String slashed = path.endsWith("/") ? path : path + "/";
            return new ServerLocation(new URI(scheme, null, uri.getHost(), uri.getPort(), slashed, null, null), user);
        } catch (URISyntaxException e) {
            throw refused(scheme, "a location on a server is a URL", "Write " + scheme + "://HOST:PORT/PATH");
        }
    }

    /// What was refused may hold a password, so it is not shown.
    private static UsageException refused(String scheme, String what, String advice) {
        return new UsageException(what, scheme + ":", advice);
    }

    /// @throws UsageException if the server is another machine
    ServerLocation requireThisMachine() {
        try {
            for (InetAddress address : InetAddress.getAllByName(base.getHost())) {
                if (!address.isLoopbackAddress()) {
                    throw notHere();
                }
            }
        } catch (UnknownHostException e) {
            throw notHere();
        }
        return this;
    }

    private UsageException notHere() {
        return new UsageException(
                "without TLS only servers on this machine are used", toString(), "Write https: for another machine");
    }

    /// The URL of an object.
    URI of(ObjectName name) {
        return name.kind() == ObjectKind.CONFIG
                ? base.resolve("config")
                : base.resolve(type(name.kind()) + "/" + name.hex());
    }

    /// The URL of the listing of a kind, which is not CONFIG.
    URI of(ObjectKind kind) {
        return base.resolve(type(kind) + "/");
    }

    private static String type(ObjectKind kind) {
        return switch (kind) {
            case CONFIG -> throw new IllegalArgumentException("there is one CONFIG");
            case KEY -> "keys";
            case PACK -> "data";
            case INDEX -> "index";
            case SNAPSHOT -> "snapshots";
            case NOTICE -> "locks";
        };
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
