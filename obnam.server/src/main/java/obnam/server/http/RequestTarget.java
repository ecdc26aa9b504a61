package obnam.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.jspecify.annotations.Nullable;

/// What a request is about: its path and query, read once by a closed grammar (protocol, 3.2). Nothing is
/// decoded, normalised or resolved, so there is one way only to write each, and no path leads anywhere else.
sealed interface RequestTarget {

    /// A repository as a whole.
    record Repository(String repository, Action action) implements RequestTarget {}

    /// The listing of a kind.
    record Listing(String repository, ObjectKind kind) implements RequestTarget {}

    /// An object.
    record OneObject(String repository, ObjectName name) implements RequestTarget {}

    /// A page of the server's own.
    record Page(String name) implements RequestTarget {}

    /// Nothing that could be there.
    record Nothing() implements RequestTarget {}

    /// What a query says about a repository.
    enum Action {
        /// There is no query.
        NONE,
        /// `create=true`
        CREATE,
        /// `usage`
        USAGE,
        /// `undelete`
        UNDELETE
    }

    /// The longest path of a known form: one of an object.
    Pattern PATH = Pattern.compile(
            "/([a-z0-9][a-z0-9_-]{0,63})/(?:(config)|(data|index|snapshots|keys|locks)/([0-9a-f]{64})?)?");

    /// Pages of the server's own.
    Pattern PAGE = Pattern.compile("/-/(health|ready|metrics|status)");

    /// @param path as it was sent
    /// @param query as it was sent, or null if there was none
    static RequestTarget parse(String path, @Nullable String query) {
        Matcher page = PAGE.matcher(path);
        if (page.matches()) {
            return query == null ? new Page(page.group(1)) : new Nothing();
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return new Nothing();
        }
        String repository = matcher.group(1);
        if (matcher.end() == matcher.end(1) + 1) {
            return action(repository, query);
        }
        if (query != null) {
            return new Nothing();
        }
        if (matcher.group(2) != null) {
            return new OneObject(repository, ObjectName.CONFIG);
        }
        ObjectKind kind = kind(matcher.group(3));
        String hex = matcher.group(4);
        return hex == null ? new Listing(repository, kind) : new OneObject(repository, new ObjectName(kind, hex));
    }

    private static RequestTarget action(String repository, @Nullable String query) {
        return switch (query) {
            case null -> new Repository(repository, Action.NONE);
            case "create=true" -> new Repository(repository, Action.CREATE);
            case "usage" -> new Repository(repository, Action.USAGE);
            case "undelete" -> new Repository(repository, Action.UNDELETE);
            default -> new Nothing();
        };
    }

    private static ObjectKind kind(String type) {
        return switch (type) {
            case "data" -> ObjectKind.PACK;
            case "index" -> ObjectKind.INDEX;
            case "snapshots" -> ObjectKind.SNAPSHOT;
            case "keys" -> ObjectKind.KEY;
            default -> ObjectKind.NOTICE;
        };
    }
}
