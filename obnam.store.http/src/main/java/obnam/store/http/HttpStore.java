package obnam.store.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.StoreTraits;
import obnam.store.http.Connection.Answer;
import obnam.store.http.Connection.Call;

/// A repository on a server. One request for a call, two where a server that is not ours leaves something open.
///
/// Nothing that a server sends is believed: not lengths, not names, not that it ends.
final class HttpStore implements ChunkStore {

    private static final int CONFIG_LIMIT = 1 << 20;

    private final ServerLocation location;
    private final Connection connection;
    private final StoreTraits traits;

    /// @param connection closed with this store
    HttpStore(ServerLocation location, Connection connection, StoreTraits traits) {
        this.location = location;
        this.connection = connection;
        this.traits = traits;
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        boolean overwritten = name.kind() == ObjectKind.CONFIG && !traits.atomicPut();
        if (overwritten && size(name).isPresent()) {
            requireSame(name, content);
            return;
        }
        Answer<Bytes> answer = post(name, content);
        switch (answer.status()) {
            case 403 -> requireThere(name, content, answer);
            case 409 -> throw exists(name);
            default -> answer.orThrow();
        }
    }

    private Answer<Bytes> post(ObjectName name, ByteBuffer content) {
        URI uri = location.of(name);
        SentContent body = new SentContent(content);
        try {
            Call call = Call.of("cannot store an object", uri)
                    .post(body.publisher(), content.remaining())
                    .header("Content-Type", "application/octet-stream");
            return connection.send(call);
        } finally {
            body.end();
        }
    }

    /// 403 means that something is there, on some servers, and that the token may not do this, on all.
    private void requireThere(ObjectName name, ByteBuffer content, Answer<Bytes> refusal) {
        OptionalLong size = size(name);
        if (size.isEmpty()) {
            throw refusal.failure();
        }
        if (name.kind() == ObjectKind.CONFIG) {
            requireSame(name, content);
        } else if (size.getAsLong() != content.remaining()) {
            throw exists(name);
        }
    }

    private void requireSame(ObjectName name, ByteBuffer content) {
        byte[] there = get(name, CONFIG_LIMIT);
        if (!ByteBuffer.wrap(there).equals(content)) {
            throw exists(name);
        }
    }

    private ObjectExistsException exists(ObjectName name) {
        return new ObjectExistsException(
                "another object stands under this name",
                location.of(name).toString(),
                name.kind() == ObjectKind.CONFIG
                        ? "There is another repository already"
                        : "Run a check of the repository");
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        Call call = reading(name).expecting(Math.min(limit, traits.largestObject()));
        Answer<Bytes> answer = connection.send(call, new Bytes(limit)).orThrow();
        if (!answer.whole()) {
            throw new DamageException(
                    "an object is longer than it can be", call.subject(), "Run a check of the repository");
        }
        return answer.sink().toArray();
    }

    private Call reading(ObjectName name) {
        return Call.of("cannot read an object", location.of(name)).method("GET");
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        if (offset < 0) {
            throw new IndexOutOfBoundsException(offset);
        }
        String subject = location.of(name).toString();
        if (length == 0 || offset > Long.MAX_VALUE - length) {
            long size = size(name).orElseThrow(() -> Answers.missing(subject));
            if (offset > size || length > size - offset) {
                throw Answers.tooShort(subject);
            }
            return;
        }
        Call call = reading(name)
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
                .expecting(length);
        // A server may send the whole object instead; then what is in front of the range is passed over.
        Section sink = new Section(target, targetOffset, length, offset);
        Answer<Section> answer = connection.send(call, sink).orThrow();
        requireRange(answer, offset, length, sink);
    }

    private static void requireRange(Answer<Section> answer, long offset, int length, Section sink) {
        String expected = "bytes " + offset + "-" + (offset + length - 1) + "/";
        boolean right = answer.status() == 200
                || answer.headers().firstValue("Content-Range").orElse("").startsWith(expected);
        if (!right || !sink.isFull()) {
            throw Answers.tooShort(answer.call().subject());
        }
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        if (kind == ObjectKind.CONFIG) {
            size(ObjectName.CONFIG).ifPresent(size -> visitor.accept(new ObjectInfo(ObjectName.CONFIG, size)));
            return;
        }
        Call call = Call.of("cannot list the objects", location.of(kind))
                .method("GET")
                .header("Accept", Listing.TYPE);
        Answer<StreamedBody> answer = connection.stream(call);
        try (StreamedBody body = answer.sink()) {
            if (answer.status() != 404) { // what some servers say of a kind of which there is none
                answer.orThrow();
                Listing.read(body, kind, item -> visit(item, visitor));
            }
        } catch (JsonEOFException e) {
            throw StoreException.passing("the end of a listing is missing", call.subject(), "Run this again later", e);
        } catch (JacksonException e) {
            throw StoreException.lasting(
                    "the server's listing makes no sense", call.subject(), "Check the location", e);
        } catch (IOException e) {
            throw StoreException.passing(
                    "cannot list the objects (the connection broke)", call.subject(), "Run this again later", e);
        }
    }

    private void visit(Listing.Item item, Consumer<ObjectInfo> visitor) {
        if (item.name().equals(Opening.MARKER)) {
            return;
        }
        if (item.size() == Listing.UNKNOWN) {
            size(item.name()).ifPresent(size -> visitor.accept(new ObjectInfo(item.name(), size)));
        } else {
            visitor.accept(item.info());
        }
    }

    @Override
    public OptionalLong size(ObjectName name) {
        Call call = Call.of("cannot ask for the size of an object", location.of(name))
                .method("HEAD");
        Answer<Bytes> answer = connection.send(call);
        if (answer.status() == 404) {
            return OptionalLong.empty();
        }
        long size = answer.orThrow().number("Content-Length");
        if (size < 0) {
            throw StoreException.lasting(
                    "the server does not tell the size of an object", call.subject(), "Check the location");
        }
        return OptionalLong.of(size);
    }

    @Override
    public void delete(ObjectName name) {
        Call call = Call.of("cannot delete an object", location.of(name)).method("DELETE");
        Answer<Bytes> answer = connection.send(call);
        if (answer.status() != 404) {
            answer.orThrow();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
