package obnam.store.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.store.http.Connection.Answer;
import obnam.store.http.Connection.Call;

/// Finds out what a server is and whether a repository is there, and makes one.
final class Opening {

    private static final byte[] MARK = "Obnam keeps a repository here.\n".getBytes(StandardCharsets.US_ASCII);

    /// On servers that cannot tell an empty repository from none, this object makes the difference. Its name
    /// is the hash of its content, so that any server takes it.
    static final ObjectName MARKER =
            new ObjectName(ObjectKind.NOTICE, "09545675ab074fea254171bd89bb93ebc06f2a872e2442498083f4438128ca14");

    private final ServerLocation location;
    private final Connection connection;

    private Opening(ServerLocation location, Connection connection) {
        this.location = location;
        this.connection = connection;
    }

    static ChunkStore open(ServerLocation location, OpenMode mode, StoreAccess access) {
        Connection connection = new Connection(location, access);
        try {
            return new Opening(location, connection).open(mode);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private ChunkStore open(OpenMode mode) {
        Optional<Greeting> greeting = greeting();
        HttpStore store = new HttpStore(
                location, connection, greeting.map(Greeting::traits).orElse(Greeting.UNKNOWN));
        boolean known = greeting.isPresent();
        if (known ? greeting.get().exists() : isThere(store)) {
            return store;
        }
        if (mode == OpenMode.EXISTING) {
            throw new NoRepositoryException(
                    "no repository there", location.toString(), "Check the location; `obnam init` makes a new one");
        }
        URI create = URI.create(location.base() + "?create=true");
        connection
                .send(Call.of("cannot make a repository", create).method("POST"))
                .orThrow();
        if (!known) {
            store.put(MARKER, ByteBuffer.wrap(MARK));
        }
        return store;
    }

    private Optional<Greeting> greeting() {
        Call call = Call.of("cannot open the repository", location.base())
                .method("GET")
                .header("Accept", Greeting.TYPE);
        Answer<Bytes> answer = connection.send(call, new Bytes(Greeting.LENGTH_LIMIT));
        if (answer.status() == 401 || answer.status() == 403 || answer.status() == 429 || answer.status() == 503) {
            throw answer.failure();
        }
        boolean ours = answer.status() == 200
                && answer.whole()
                && answer.headers().firstValue("Content-Type").orElse("").equals(Greeting.TYPE);
        return ours ? Greeting.of(answer.sink().toArray()) : Optional.empty();
    }

    private static boolean isThere(HttpStore store) {
        return store.size(ObjectName.CONFIG).isPresent() || store.size(MARKER).isPresent();
    }
}
